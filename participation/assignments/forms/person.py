"""Forms of the person: agree or ask, declare ties, claim."""

from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, FormField, MultipleFileField
from wtforms import Form as PlainWtForm
from wtforms.validators import ValidationError

from participation.assignments.forms.amounts import (
    AccountLine,
    Hours,
    Kronor,
    PersonalNumberLine,
)
from participation.assignments.models import CompensationClaim
from participation.assignments.rules.money import MOST_KM, typed_hours, typed_kronor
from participation.assignments.rules.rates import RateKind, Tariff
from participation.assignments.rules.states import TIE_LABELS, TieKind
from participation.assignments.services import ClaimDetails, DeclaredTie
from participation.county.models import Organisation, Unit
from participation.foundation.files.rules import ACCEPT
from participation.foundation.forms import (
    Form,
    Hidden,
    OneOf,
    OneOfList,
    TextBlock,
    TextLine,
    Tick,
    WholeNumber,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

NONE, SOME = "none", "some"
MOST_TIES = 6
FIELDS_OF: dict[RateKind, str] = {
    RateKind.PREPARATION: "preparation",
    RateKind.TRAVEL_TIME: "travel",
    RateKind.MILEAGE: "kilometres",
    RateKind.LOST_INCOME: "lost_income",
    RateKind.OTHER_COST: "other_cost",
}


class AgreeForm(Form):
    digest = Hidden()
    agrees = Tick(_l("I have read this and agree"), must=_l("Tick the box to agree."))


class AskForm(Form):
    question = TextBlock(_l("What do you want to ask?"), rows=3, max_length=1_000)


class TieForm(PlainWtForm):
    """One tie. Where: an organisation as a whole, or one of its units."""

    where = OneOfList(_l("Where?"), [], missing=_l("Choose where."))
    kind = OneOfList(
        _l("How are you tied to it?"),
        [("", _l("Choose")), *((str(kind), label) for kind, label in TIE_LABELS.items())],
        missing=_l("Choose how."),
    )
    words = TextLine(_l("In your own words"), optional=True, max_length=300)


class DeclarationForm(Form):
    ties = OneOf(
        _l("Are you tied to somebody this concerns?"),
        [
            (NONE, _l("No, I have no such ties")),
            (SOME, _l("Yes, I have ties that you should know of")),
        ],
    )
    declared = FieldList(FormField(TieForm, _l("A tie")), min_entries=1, max_entries=MOST_TIES)

    def offer(self, organisations: Sequence[Organisation], units: Sequence[Unit]) -> None:
        """Fill the lists; units stand under their organisation."""
        places = [("", _("Choose"))]
        for organisation in organisations:
            places.append((f"o{organisation.id}", organisation.name))
            places += [
                (f"u{unit.id}", f"{organisation.name}: {unit.name}")
                for unit in units
                if unit.organisation_id == organisation.id
            ]
        for entry in self.declared:
            entry.form.where.choices = places

    def validate(self, extra_validators: Any = None) -> bool:
        """Ties are looked at only when the person says there are some."""
        if self.ties.data == SOME:
            return bool(super().validate(extra_validators))
        holds = self.csrf_token.validate(self) and self.ties.validate(self)
        return bool(holds)

    def stated(self, units: Sequence[Unit]) -> list[DeclaredTie]:
        """The ties of a validated form."""
        if self.ties.data != SOME:
            return []
        owners = {unit.id: unit.organisation_id for unit in units}
        return [_tie(entry.form, owners) for entry in self.declared]


def _tie(form: Any, owners: dict[int, int]) -> DeclaredTie:
    is_unit, number = form.where.data.startswith("u"), int(form.where.data[1:])
    return DeclaredTie(
        kind=TieKind(form.kind.data),
        organisation_id=owners[number] if is_unit else number,
        unit_id=number if is_unit else None,
        words=form.words.data or "",
    )


class ClaimForm(Form):
    """What somebody adds, and where the money goes. Everything but the last three may be empty."""

    preparation = Hours(
        _l("Time to prepare, in hours"), hint=_l("Reading and the like. For example 1,5 or 1:30.")
    )
    travel = Hours(_l("Time to travel, in hours"), hint=_l("There and back together."))
    kilometres = WholeNumber(
        _l("By own car, in kilometres"),
        minimum=1,
        maximum=MOST_KM,
        optional=True,
        hint=_l("There and back together."),
        wrong=_l("Write whole kilometres from 1 to %(most)d, or leave it empty.", most=MOST_KM),
    )
    lost_income = Kronor(
        _l("Lost income, in kronor"),
        hint=_l("Before tax. Attach a certificate from your employer."),
    )
    other_cost = Kronor(
        _l("Tickets and other costs, in kronor"),
        hint=_l("Bus, train, parking, carer. Attach the receipts."),
    )
    files = MultipleFileField(
        _l("Receipts and certificates"),
        description=_l("PDF or photo, at most 5 MB each. You may send several."),
        render_kw={"accept": ACCEPT},
    )
    words = TextBlock(_l("Anything we should know?"), optional=True, rows=2, max_length=1_000)
    payee_name = TextLine(
        _l("Your full name"),
        missing=_l("Write your name as the bank knows it."),
        render={"autocomplete": "name"},
    )
    personal_number = PersonalNumberLine(
        _l("Personal identity number"),
        hint=_l("Or coordination number. Only payroll sees it, and it is erased afterwards."),
    )
    bank_account = AccountLine(_l("Clearing number and account number"))

    def keep_only(self, tariff: Tariff) -> None:
        """Leave out what the rates do not pay for."""
        for kind, name in FIELDS_OF.items():
            if not tariff.offers(kind):
                del self[name]

    def keep_number(self) -> None:
        """A claim that came back already has number and account: empty means "as before"."""
        for name in ("personal_number", "bank_account"):
            self[name].validators = [
                check for check in self[name].validators if "required" not in _flags(check)
            ]
            self[name].flags.required = False
            self[name].description = _("Leave it empty to keep what you gave before.")

    def validate_payee_name(self, field: Any) -> None:
        if field.data and len(field.data.split()) < 2:
            raise ValidationError(_("Write both first name and surname."))

    def details(self, claim: CompensationClaim) -> ClaimDetails:
        """What a validated form says."""
        return ClaimDetails(
            preparation_minutes=self.preparation.minutes if "preparation" in self else 0,
            travel_minutes=self.travel.minutes if "travel" in self else 0,
            kilometres=(self.kilometres.data or 0) if "kilometres" in self else 0,
            lost_income_ore=self.lost_income.ore if "lost_income" in self else 0,
            other_cost_ore=self.other_cost.ore if "other_cost" in self else 0,
            words=self.words.data or None,
            payee_name=self.payee_name.data,
            personal_number=self.personal_number.data or claim.personal_number or "",
            bank_account=self.bank_account.data or claim.bank_account or "",
        )


class PaperClaimForm(ClaimForm):
    """The same, typed in by a coordinator from paper."""

    on_paper = Tick(
        _l("Receipts and certificates lie in the paper archive"),
        hint=_l("Tick this when they are not attached here."),
    )


def _flags(check: Any) -> Any:
    return getattr(check, "field_flags", {})


def claim_data(claim: CompensationClaim) -> dict[str, Any]:
    """A claim as ClaimForm shows it; number and account are never shown again."""
    return {
        "preparation": typed_hours(claim.preparation_minutes) if claim.preparation_minutes else "",
        "travel": typed_hours(claim.travel_minutes) if claim.travel_minutes else "",
        "kilometres": claim.kilometres or None,
        "lost_income": typed_kronor(claim.lost_income_ore) if claim.lost_income_ore else "",
        "other_cost": typed_kronor(claim.other_cost_ore) if claim.other_cost_ore else "",
        "words": claim.words or "",
        "payee_name": claim.payee_name or claim.member.name,
    }
