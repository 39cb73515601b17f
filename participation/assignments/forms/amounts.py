"""Fields for money, time and the number a payment needs: typed as people write, read exactly."""

from typing import Any

from wtforms.validators import ValidationError

from participation.assignments.rules.money import (
    MOST_ORE,
    WrongAmount,
    kronor,
    minutes_from,
    ore_from,
)
from participation.assignments.rules.personal_numbers import WrongNumber, personal_number
from participation.foundation.clock import today
from participation.foundation.forms import TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

SHORTEST_ACCOUNT, LONGEST_ACCOUNT = 9, 16  # clearing number and account number together


def amount_error(problem: WrongAmount) -> str:
    """What to say at the field."""
    return {
        "shape": _("Write the amount in figures, for example 250 or 99,50."),
        "decimals": _("Write at most two decimals, for example 99,50."),
        "low": _("Write an amount above zero, or leave it empty."),
        "high": _("This is more than %(most)s. Check the amount.", most=kronor(MOST_ORE)),
    }[problem.reason]


def _is_amount(_form: Any, field: Any) -> None:
    if not field.data:
        return
    try:
        ore_from(field.data)
    except WrongAmount as problem:
        raise ValidationError(amount_error(problem)) from problem


def _is_time(_form: Any, field: Any) -> None:
    if not field.data:
        return
    try:
        minutes_from(field.data)
    except WrongAmount as problem:
        message = {
            "low": _("Write a time above zero, or leave it empty."),
            "high": _("Write at most 24 hours."),
        }.get(problem.reason, _("Write the time in hours, for example 1,5 or 1:30."))
        raise ValidationError(message) from problem


def _is_personal_number(_form: Any, field: Any) -> None:
    if not field.data:
        return
    try:
        field.data = str(personal_number(field.data, today()))
    except WrongNumber as problem:
        message = {
            "shape": _("Write the number with ten or twelve figures, for example 19121212-1212."),
            "date": _("There is no such date. Check the first figures."),
            "future": _("The date lies ahead. Check the first figures."),
            "digit": _("The last figure does not fit the others. Check the number."),
        }[problem.reason]
        raise ValidationError(message) from problem


def _is_account(_form: Any, field: Any) -> None:
    """Clearing and account number; only the length can be checked for all banks alike."""
    if not field.data:
        return
    figures = "".join(sign for sign in field.data if sign not in " -.,")
    is_number = figures.isascii() and figures.isdecimal()
    if not is_number or not SHORTEST_ACCOUNT <= len(figures) <= LONGEST_ACCOUNT:
        raise ValidationError(
            _("Write clearing and account number in figures, for example 8000-2 123 456 789-0.")
        )


class Kronor(TextLine):
    """An amount in kronor, or nothing."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(
            label,
            optional=True,
            max_length=30,
            checks=[_is_amount],
            render={"inputmode": "decimal", "autocomplete": "off"},
            **more,
        )

    @property
    def ore(self) -> int:
        """The validated amount in öre; nothing is 0."""
        return ore_from(self.data) if self.data else 0


class Hours(TextLine):
    """A time in hours, or nothing."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(
            label,
            optional=True,
            max_length=20,
            checks=[_is_time],
            render={"inputmode": "text", "autocomplete": "off"},
            **more,
        )

    @property
    def minutes(self) -> int:
        """The validated time in minutes; nothing is 0."""
        return minutes_from(self.data) if self.data else 0


class PersonalNumberLine(TextLine):
    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(
            label,
            max_length=20,
            missing=_l("Write your personal identity number. Payroll needs it."),
            checks=[_is_personal_number],
            render={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"},
            **more,
        )


class AccountLine(TextLine):
    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(
            label,
            max_length=40,
            missing=_l("Write the account the money goes to."),
            checks=[_is_account],
            render={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"},
            **more,
        )
