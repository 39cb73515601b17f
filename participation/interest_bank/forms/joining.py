"""The four steps of joining from page to page, and their confirmation."""

import json
from typing import Any, ClassVar

from werkzeug.datastructures import MultiDict

from participation.foundation.forms import Form
from participation.interest_bank.forms.places import Places
from participation.interest_bank.forms.reach import ReachStep
from participation.interest_bank.forms.steps import (
    TYPED_LENGTH,
    ExperienceStep,
    HowStep,
    Step,
    WhoStep,
)
from participation.interest_bank.rules import NoticeKind, Profile

STEPS: tuple[type[Step], ...] = (WhoStep, ExperienceStep, HowStep, ReachStep)
CARRIED = frozenset({"typed", "step", "notice", "csrf_token"})


class Joining:
    """What somebody has typed in all four steps, carried by the page itself.

    Nothing is kept on the server before the last step, and nothing typed is lost on the way back:
    every page carries the other steps' values, which count for nothing until they are
    checked again at the end.
    """

    steps: ClassVar[tuple[type[Step], ...]] = STEPS
    notices: ClassVar[tuple[NoticeKind, ...]] = (NoticeKind.PLAIN, NoticeKind.EASY)

    def __init__(self, posted: MultiDict[str, str], places: Places) -> None:
        self.places = places
        self.number = _step_number(posted.get("step", ""))
        self.values = self._unpacked(posted.get("typed", ""))
        self.notice = self._notice(posted)
        if posted and "carry" not in posted:  # carried over from the other entrance
            for name in _names(self.steps[self.number - 1]):
                self.values[name] = posted.getlist(name)

    def form(self, number: int) -> Step:
        """The form of one step with what was typed there, or empty the first time."""
        step = self.steps[number - 1]
        names = [name for name in _names(step) if name in self.values]
        typed = MultiDict((name, value) for name in names for value in self.values[name])
        form = step(typed if names else None)
        form.typed.data = self.packed()
        form.step.data = str(number)
        form.notice.data = self.notice
        return self.places.offer(form)

    def first_wrong(self, up_to: int) -> tuple[int, Step] | None:
        """The first step that does not hold, checked from the beginning, or None."""
        for number in range(1, up_to + 1):
            form = self.form(number)
            if not form.validate():
                return number, form
        return None

    def profile(self) -> Profile:
        """What was told; every step must hold."""
        told: dict[str, Any] = {}
        for number in range(1, len(self.steps) + 1):
            form = self.form(number)
            form.validate()
            told |= form.told()
        return Profile(**told)

    def birth_year(self) -> int:
        form = self.form(1)
        form.validate()
        return int(form["birth_year"].data)

    def last(self, name: str) -> str | None:
        """One checked value of the last step: an address, which is no part of the profile."""
        form = self.form(len(self.steps))
        form.validate()
        return str(form[name].data) if name in form and form[name].data else None

    def packed(self) -> str:
        return json.dumps(self.values, ensure_ascii=False, separators=(",", ":"))

    def _notice(self, posted: MultiDict[str, str]) -> NoticeKind:
        """The kind of notice that is shown: what was just asked for, or what was shown before."""
        asked = posted.get("show", posted.get("notice", ""))
        return NoticeKind(asked) if asked in self.notices else self.notices[0]

    def _unpacked(self, text: str) -> dict[str, list[str]]:
        """The carried values; anything odd counts as nothing typed."""
        try:
            found = json.loads(text[:TYPED_LENGTH]) if text else {}
        except ValueError:
            return {}
        known = {name for step in self.steps for name in _names(step)}
        if not isinstance(found, dict):
            return {}
        return {
            name: [str(value) for value in values]
            for name, values in found.items()
            if name in known and isinstance(values, list)
        }


def _names(step: type[Step]) -> list[str]:
    return [name for name, _field in step(None)._unbound_fields if name not in CARRIED]


def _step_number(text: str) -> int:
    return int(text) if text in {"1", "2", "3", "4"} else 1


class ConfirmForm(Form):
    """One button."""
