"""Forms of the import: the file, what its columns mean, how people say yes."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired

from participation.foundation.forms import Form, OneOf, OneOfList, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules.importing import (
    CONFIRM_DAYS,
    FIELD_LABELS,
    ImportConsent,
)


class UploadForm(Form):
    file = FileField(
        _l("The list"),
        [FileRequired(message=_l("Choose a file first."))],
        description=_l("A spreadsheet (XLSX) or a text file (CSV), one person on each row."),
        render_kw={"accept": ".xlsx,.csv,.txt"},
    )


class ColumnsForm(Form):
    """One choice for each thing we keep: which column holds it. Fields are named as they are."""

    name = OneOfList(FIELD_LABELS["name"], [], optional=True)
    first_name = OneOfList(FIELD_LABELS["first_name"], [], optional=True)
    last_name = OneOfList(FIELD_LABELS["last_name"], [], optional=True)
    email = OneOfList(FIELD_LABELS["email"], [], optional=True)
    phone = OneOfList(FIELD_LABELS["phone"], [], optional=True)
    municipality = OneOfList(FIELD_LABELS["municipality"], [], optional=True)
    birth_year = OneOfList(FIELD_LABELS["birth_year"], [], optional=True)
    gender = OneOfList(FIELD_LABELS["gender"], [], optional=True)
    roles = OneOfList(FIELD_LABELS["roles"], [], optional=True)
    areas = OneOfList(FIELD_LABELS["areas"], [], optional=True)
    experience = OneOfList(FIELD_LABELS["experience"], [], optional=True)
    ways = OneOfList(FIELD_LABELS["ways"], [], optional=True)
    times = OneOfList(FIELD_LABELS["times"], [], optional=True)
    languages = OneOfList(FIELD_LABELS["languages"], [], optional=True)
    needs = OneOfList(FIELD_LABELS["needs"], [], optional=True)
    contact = OneOfList(FIELD_LABELS["contact"], [], optional=True)

    def offer(self, headings: Sequence[str]) -> "ColumnsForm":
        """Let every field choose among the file's columns."""
        for name in FIELD_LABELS:
            self[name].choices = [("", _("Not in the file")), *((h, h) for h in headings)]
        return self

    def chosen(self) -> dict[str, str]:
        return {str(name): self[name].data or "" for name in FIELD_LABELS}


class ConfirmImportForm(Form):
    consent = OneOf(
        _l("How do the people say yes?"),
        [
            (
                str(ImportConsent.INVITE),
                _l("Each person gets a mail and says yes there. Who does not answer is erased."),
            ),
            (str(ImportConsent.PAPER), _l("They have said yes already, on paper.")),
        ],
        default=ImportConsent.INVITE,
    )
    confirm_days = OneOfList(
        _l("How many days to answer?"),
        [(str(days), str(days)) for days in CONFIRM_DAYS],
        default="30",
    )
    reason = TextLine(
        _l("Where is the consent on paper kept?"),
        optional=True,
        max_length=200,
        hint=_l("Only if they have said yes on paper. It stands in each person's log."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        holds = bool(super().validate(extra_validators))
        if self.consent.data == ImportConsent.PAPER and not self.reason.data:
            self.add_error("reason", _("Write where the signed forms are kept."))
            return False
        return holds
