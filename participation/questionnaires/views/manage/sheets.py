"""Paper forms to print, with a code each or without."""

from typing import Any

from flask import flash, request

from participation.county.queries import contact, units
from participation.foundation.errors import NotFound
from participation.foundation.files.web import attachment
from participation.foundation.i18n import LOCALES, current_locale, format_day, ngettext, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import absolute_url
from participation.foundation.permissions import Permission
from participation.foundation.printing import PDF, can_make_pdf, pdf_bytes, qr_picture
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.forms.answer import Speech
from participation.questionnaires.forms.giving_out import print_form
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.rules.codes import in_groups
from participation.questionnaires.rules.paper_form import answer_elsewhere, paper_questions
from participation.questionnaires.rules.rounds import (
    Mode,
    has_names,
    promise,
    way_labels,
    whom_question,
)
from participation.questionnaires.rules.sealing import paper_receipt
from participation.questionnaires.rules.translating import missing_texts
from participation.questionnaires.rules.words import EASY, FIRST_LANGUAGE, address_query
from participation.questionnaires.services.paper import issue_typed_codes
from participation.questionnaires.views.manage.parts import questionnaires

PDF_COPIES = 20  # more are printed by the browser: a PDF of a hundred pages takes too long here


def words_of(found: SurveyRound) -> list[tuple[str, str]]:
    """The languages of the form, easy Swedish last; how many texts a language lacks."""
    content = queries.content_of_round(db(), found)
    named = [(code, LOCALES[code]) for code in content.languages]
    if content.has_easy_twin:
        named.append((EASY, _("Easy Swedish")))
    return [(code, _with_gaps(name, found, code)) for code, name in named]


def _with_gaps(name: str, found: SurveyRound, code: str) -> str:
    missing = missing_texts(found.version.content, code)
    if not missing:
        return name
    gaps = ngettext("%(num)s text is missing", "%(num)s texts are missing", missing)
    return f"{name} ({gaps})"


@questionnaires.get("/rounds/<public_id>/paper/form")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def paper_form(public_id: str) -> str:
    """A form without a code, to read through or to copy; its code is written in by hand."""
    found = queries.survey_round(db(), actor(), public_id)
    return _sheets(found, request.args.get("words", FIRST_LANGUAGE), [""])


@questionnaires.get("/rounds/<public_id>/paper/form.pdf")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def paper_form_pdf(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    words = request.args.get("words", FIRST_LANGUAGE)
    if not can_make_pdf():
        return see_other("questionnaires.paper_form", public_id=public_id, words=words)
    made = pdf_bytes(_sheets(found, words, [""], as_pdf=True))
    return attachment(made, _("Form") + ".pdf", PDF)


@questionnaires.post("/rounds/<public_id>/paper/print")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def print_paper(public_id: str) -> Any:
    """Forms with a code each. The codes are on these sheets and nowhere else."""
    found = queries.survey_round(db(), actor(), public_id)
    by_id = {one.public_id: one for one in units(db())}
    form = print_form(words_of(found), [(key, key) for key in by_id])
    if not form.validate_on_submit():
        flash(_("Choose a language and between 1 and 50 copies."), "error")
        return see_other("questionnaires.paper", public_id=public_id)
    unit = by_id.get(form.unit.data or "")
    codes = issue_typed_codes(
        db(), actor(), found, form.copies.data, unit_id=unit.id if unit is not None else None
    )
    if can_make_pdf() and request.form.get("act") == "pdf" and len(codes) <= PDF_COPIES:
        made = pdf_bytes(_sheets(found, form.words.data, codes, as_pdf=True))
        return attachment(made, _("Forms") + ".pdf", PDF)
    return _sheets(found, form.words.data, codes)


@questionnaires.get("/rounds/<public_id>/paper/print")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def print_paper_again(public_id: str) -> Any:
    return see_other("questionnaires.paper", public_id=public_id)


def _sheets(found: SurveyRound, words: str, codes: list[str], *, as_pdf: bool = False) -> str:
    """The form in one language, once per code; without a code there is room to write one."""
    content = queries.content_of_round(db(), found)
    if words not in dict(words_of(found)):
        raise NotFound
    easy = words == EASY
    own = contact(db())
    with use_locale(FIRST_LANGUAGE if easy else words, easy=easy):
        say = Speech(current_locale(), easy, unknown=answer_elsewhere(content))
        return render(
            "questionnaires/paper/form.html",
            title=say(content.title),
            intro=say(content.intro),
            questions=list(paper_questions(content, say)),
            has_names=has_names(found.mode),
            whom_asked=whom_question(found.audience),
            ways=list(way_labels(found.audience).values()),
            promises=promise(Mode(found.mode)),
            closes_on=format_day(found.last_moment),
            code_address=typed_address("/code", words),
            withdraw_address=typed_address("/withdraw", words),
            copies=[_copy(code, words) for code in codes],
            return_to=(own.address if own else "") or "",
            phone=(own.phone if own else "") or "",
            round_id=found.public_id,
            words=words,
            easy=easy,
            is_blank=codes == [""],
            has_pdf=can_make_pdf(),
            as_pdf=as_pdf,
        )


def typed_address(path: str, words: str) -> str:
    """Where a code is typed in, as people write an address."""
    return (absolute_url(path) + address_query(words)).partition("://")[2]


def answer_address(code: str, words: str) -> str:
    """Where a code leads, in the language that its paper speaks."""
    return absolute_url(f"/a/{code}") + address_query(words)


def _copy(code: str, words: str) -> dict[str, str]:
    if not code:
        return {"code": "", "picture": "", "receipt": ""}
    return {
        "code": in_groups(code),
        "picture": qr_picture(answer_address(code, words)),
        "receipt": in_groups(paper_receipt(code)),
    }
