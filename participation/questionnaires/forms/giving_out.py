"""What coordinators choose when a round is handed out beside the mail."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField

from participation.foundation.files.forms import TakeOutForm, why_field
from participation.foundation.forms import (
    Day,
    Form,
    ManyOf,
    OneOf,
    OneOfList,
    TextLine,
    WholeNumber,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.questionnaires.rules.naming import Sort

MAX_COPIES = 50


class LengthenForm(Form):
    """Until when a round takes answers instead."""

    last_day = Day(
        _l("New last day to answer"),
        hint=_l("Mails, letters and posters that have left still say the old day."),
    )


def units_form(without_link: list[tuple[str, str]], **values: Any) -> Any:
    """Which units are to have a link of their own; those that have one are left out."""

    class UnitsForm(Form):
        units = ManyOf(_l("Units that have no link yet"), without_link, optional=True)

    return UnitsForm(**values)


def tablet_form(unit_names: list[tuple[str, str]]) -> Any:
    """At which unit a shared tablet stands."""

    class TabletForm(Form):
        unit = OneOfList(_l("Unit"), [("", _("No unit")), *unit_names], optional=True)

    return TabletForm()


class PaperCodeForm(Form):
    """The code that stands on the paper that came in."""

    code = TextLine(
        _l("Code on the paper"),
        hint=_l("16 letters and digits in four groups. Small or large letters do not matter."),
        missing=_l("Write the code that stands on the paper."),
        render={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"},
    )


class LatePapersForm(Form):
    """Why papers that came after closing are to be counted."""

    reason = TextLine(
        _l("Why are they counted?"),
        hint=_l("For example: the post was late. The reason is kept in the log."),
        missing=_l("Write why the papers are counted."),
        max_length=300,
    )


class PeopleForm(Form):
    """Which of those who answered are shown, in which order. Names stay out of addresses."""

    q = TextLine(_l("Name"), optional=True, render={"autocomplete": "off"})
    sort = OneOfList(
        _l("Order"),
        [
            (Sort.NAME.value, _l("By name")),
            (Sort.ROLE.value, _l("By who answered")),
            (Sort.UNIT.value, _l("By unit")),
        ],
    )


class NamesFileForm(TakeOutForm):
    """Why names and answers leave in a file, or on paper."""

    reason = why_field(
        _l("For example: to call those who asked for it. The reason is kept in the log.")
    )
    file_format = OneOf(
        _l("As what?"),
        [
            ("xlsx", _l("Excel (.xlsx)")),
            ("csv", _l("CSV")),
            ("paper", _l("A page to print, with one person after the other")),
        ],
        default="xlsx",
    )


def language_form(languages: list[tuple[str, str]]) -> Any:
    """In which language somebody wrote on the paper."""

    class LanguageForm(Form):
        locale = OneOfList(_l("Language of the words"), languages)

    return LanguageForm()


def print_form(languages: list[tuple[str, str]], unit_names: list[tuple[str, str]]) -> Any:
    """How many forms are printed, in which words, for which unit."""

    class PrintForm(Form):
        words = OneOfList(_l("Language"), languages)
        copies = WholeNumber(
            _l("Number of copies"),
            hint=_l("Each copy gets a code of its own, so it counts once."),
            minimum=1,
            maximum=MAX_COPIES,
        )
        unit = OneOfList(_l("Unit"), [("", _("No unit")), *unit_names], optional=True)

    return PrintForm(data={"copies": 10})


def decision_form(asked: Sequence[tuple[str, str, str, str]], typed: Any = None) -> Any:
    """Question by question, which of two entries is what the paper says."""
    fields: dict[str, Any] = {
        f"d_{key}": OneOf(
            question,
            [("first", first), ("second", second)],
            missing=_("Choose what stands on the paper."),
        )
        for key, question, first, second in asked
    }
    return type("DecisionForm", (Form,), fields)(formdata=typed)


def letters_form(
    languages: list[tuple[str, str]], unit_names: list[tuple[str, str]], *, is_anonymous: bool
) -> Any:
    """Whom letters or messages go to, and as what they leave.

    An anonymous round takes no list: names beside codes would tell who has answered (TRUST 48).
    """
    ways = [
        ("letters", _("Letters to print, with a code and a QR code")),
        ("xlsx", _("An Excel file with codes, for your own letters")),
        ("csv", _("A CSV file with codes, for your own letters")),
    ]
    if not is_anonymous:
        ways.append(("sms", _("A file for text messages: number and text")))

    class LettersForm(Form):
        file = FileField(
            _l("List (CSV or Excel)"),
            description=_l(
                "One row a person: name, address and, for text messages, a column Mobil. "
                "The list is not kept. Without a list you get letters without names."
            ),
            render_kw={"accept": ".csv,.xlsx"},
        )
        count = WholeNumber(
            _l("Number of letters without names"), minimum=1, maximum=500, optional=True
        )
        words = OneOfList(_l("Language"), languages)
        unit = OneOfList(_l("Unit"), [("", _("No unit")), *unit_names], optional=True)
        kind = OneOf(_l("What do you want?"), ways)

    form = LettersForm(data={"kind": "letters"})
    if is_anonymous:
        del form.file
    return form
