"""Letters and text messages for those without e-mail. The codes leave in one file, once."""

from typing import Any

from participation.county.queries import contact, units
from participation.foundation.files.web import attachment
from participation.foundation.i18n import format_day, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.printing import qr_picture
from participation.foundation.tabular import (
    XLSX,
    UnreadableTable,
    csv_bytes,
    read_table,
    xlsx_bytes,
)
from participation.foundation.web import actor, commits, db, render, requires
from participation.questionnaires import queries
from participation.questionnaires.forms.answer import Speech
from participation.questionnaires.forms.giving_out import letters_form
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.rules.codes import in_groups
from participation.questionnaires.rules.letters import (
    ListUnusable,
    Recipient,
    read_recipients,
    sms_text,
)
from participation.questionnaires.rules.mixing import is_mixed
from participation.questionnaires.rules.rounds import Mode, promise
from participation.questionnaires.rules.words import EASY, FIRST_LANGUAGE
from participation.questionnaires.services.paper import issue_typed_codes
from participation.questionnaires.views.manage.parts import questionnaires
from participation.questionnaires.views.manage.sheets import answer_address, typed_address, words_of


@questionnaires.route("/rounds/<public_id>/letters", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def letters(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    by_id = {one.public_id: one for one in units(db())}
    form = letters_form(
        words_of(found),
        [(key, one.name) for key, one in by_id.items()],
        is_anonymous=is_mixed(found.mode),
    )
    if form.validate_on_submit():
        headings, people = _recipients(form)
        if people:
            unit = by_id.get(form.unit.data or "")
            codes = issue_typed_codes(
                db(),
                actor(),
                found,
                len(people),
                unit_id=unit.id if unit is not None else None,
                medium=form.kind.data,
            )
            rows = list(zip(people, codes, strict=True))
            return _handed_over(found, form, headings, rows)
    return render(
        "questionnaires/manage/letters.html",
        round=found,
        questionnaire=found.version.questionnaire,
        form=form,
        is_anonymous=is_mixed(found.mode),
    )


def _recipients(form: Any) -> tuple[tuple[str, ...], list[Recipient]]:
    """The rows of the list, or letters without names; none when the form tells what is wrong."""
    file = "file" in form and form.file.data
    content = file.read() if file else b""
    is_sms = form.kind.data == "sms"
    if not content:
        if form.count.data and not is_sms:
            return (), [Recipient() for _number in range(form.count.data)]
        if "file" not in form:
            form.add_error("count", _("Write how many letters you want."))
            return (), []
        form.add_error("file", _("Choose a list, or write how many letters you want."))
        return (), []
    try:
        sheet = read_table(content)
        return sheet.headings, read_recipients(sheet, needs_phone=is_sms)
    except UnreadableTable:
        form.add_error("file", _("We cannot read the file. Save it as Excel or CSV."))
    except ListUnusable as problem:
        form.add_error("file", problem.message)
    return (), []


def _handed_over(
    found: SurveyRound,
    form: Any,
    headings: tuple[str, ...],
    rows: list[tuple[Recipient, str]],
) -> Any:
    words = form.words.data
    with use_locale(FIRST_LANGUAGE if words == EASY else words, easy=words == EASY):
        if form.kind.data == "letters":
            return _letters(found, words, rows)
        if form.kind.data == "sms":
            return attachment(_sms(found, words, rows), _("Text messages") + ".csv", "text/csv")
        heads = [*headings, _("Your code"), _("Address")]
        lines = [[*p.cells, in_groups(c), answer_address(c, words)] for p, c in rows]
        if form.kind.data == "csv":
            return attachment(csv_bytes(heads, lines), _("Letters") + ".csv", "text/csv")
        return attachment(xlsx_bytes([(_("Letters"), heads, lines)]), _("Letters") + ".xlsx", XLSX)


def _sms(found: SurveyRound, words: str, rows: list[tuple[Recipient, str]]) -> bytes:
    day, phone = format_day(found.last_moment, "medium"), _phone()
    lines = [
        # As networks write numbers (MSISDN): with its plus the cell would begin like a formula.
        [person.phone.removeprefix("+"), sms_text(answer_address(code, words), day, phone)]
        for person, code in rows
    ]
    return csv_bytes([_("Mobile number"), _("Text")], lines)


def _letters(found: SurveyRound, words: str, rows: list[tuple[Recipient, str]]) -> str:
    content = queries.content_of_round(db(), found)
    say = Speech(FIRST_LANGUAGE if words == EASY else words, words == EASY)
    return render(
        "questionnaires/paper/letters.html",
        title=_("Letters"),
        name=say(content.title),
        intro=say(content.intro),
        promises=promise(Mode(found.mode)),
        closes_on=format_day(found.last_moment),
        code_address=typed_address("/code", words),
        letters=[
            {
                "lines": person.lines,
                "code": in_groups(code),
                "picture": qr_picture(answer_address(code, words)),
            }
            for person, code in rows
        ],
        phone=_phone(),
        round_id=found.public_id,
    )


def _phone() -> str:
    own = contact(db())
    return (own.phone if own else None) or ""
