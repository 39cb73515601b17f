"""A draft as the gate would let it out, attacked until nothing is found; or refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from participation.disclosure.rules.attack.bounds import CLOSE, Bounds, TooLate, never
from participation.disclosure.rules.attack.equations import Contradiction
from participation.disclosure.rules.attack.pages import Line, Page, Question, Reading
from participation.disclosure.rules.attack.secrets import hidden_sums, secrets, truths, unions
from participation.disclosure.rules.attack.unions import is_union_known
from participation.disclosure.rules.attack.waves import changes, in_between, tells_of_few
from participation.disclosure.rules.breakdowns import ShownBreakdown
from participation.disclosure.rules.drafts import Decision, EarlierRelease, ReleaseDraft
from participation.disclosure.rules.ruling import same_source
from participation.disclosure.rules.tables import ShownTable, Thresholds

NOW = "now"
Place = tuple[str, str]  # attribute ("": everybody) and question


@dataclass
class Attack:
    """What was found: where a hidden number is too narrow, where some add up to a few, and whether
    few are known to have come or left. `tried` sums, `solved` programmes, the `narrowest` of all.
    """

    narrow: set[Place] = field(default_factory=set)
    unions: set[Place] = field(default_factory=set)
    waves: set[Place] = field(default_factory=set)
    is_over: bool = True  # False: there was no time for all of it
    tried: int = 0
    solved: int = 0

    @property
    def is_held(self) -> bool:
        """Nothing was found, and everything was tried."""
        return self.is_over and not (self.narrow or self.unions or self.waves)


@dataclass(frozen=True)
class Proof:
    """A decision, the last attack on it, and what was left out because of those before."""

    decision: Decision
    attack: Attack
    withheld: frozenset[Place]


def proven(
    draft: ReleaseDraft,
    decide: Callable[[ReleaseDraft], Decision],
    earlier: Sequence[EarlierRelease],
    thresholds: Thresholds,
    is_late: Callable[[], bool] = never,
) -> Proof:
    """Leave out, question by question, what an attacker finds. `earlier`: all that was seen.

    The decision is refused by whoever asks where the attack still finds something.
    """
    while True:
        decision = decide(draft)
        attack = attacked(draft, decision, earlier, thresholds, is_late)
        found = (attack.narrow | attack.unions) - draft.withheld
        if attack.is_held or attack.waves or not attack.is_over or not found:
            return Proof(decision, attack, draft.withheld)
        fewer = found - draft.by_row if thresholds.by_cell else set()
        draft = replace(
            draft,
            by_row=draft.by_row | fewer,
            withheld=draft.withheld | (found - fewer),
        )


def attacked(
    draft: ReleaseDraft,
    decision: Decision,
    earlier: Sequence[EarlierRelease],
    thresholds: Thresholds,
    is_late: Callable[[], bool] = never,
) -> Attack:
    """Read what `decision` lets out beside all that was shown of the same source before."""
    attack = Attack()
    if not decision.is_allowed or not draft.tables:
        return attack
    now = _page_of(decision)
    before = [_page(str(n), one) for n, one in enumerate(same_source(draft, earlier))]
    tables = {table.key: table for table in draft.tables}
    questions = [Question.of(table, tables, draft.respondents) for table in draft.tables]
    required = [question.key for question in questions if question.is_for_all]
    for family in _families(questions):
        room = _Room(draft, thresholds, family, required, attack, is_late)
        try:
            room.enter(now, _beside(before, now, family))
        except TooLate:
            attack.is_over = False
            break
    return attack


@dataclass(frozen=True)
class _Room:
    """A question and those that follow it, on all pages."""

    draft: ReleaseDraft
    thresholds: Thresholds
    family: Sequence[Question]
    required: Sequence[str]
    attack: Attack
    is_late: Callable[[], bool]

    def enter(self, now: Page, before: Sequence[Page]) -> None:
        """Read as much as hangs together: pages that contradict each other are read apart."""
        for pages, is_beside_others in (
            ((*before, now), True),
            ((now,), True),
            ((now,), False),
        ):
            reading = Reading(is_beside_others=is_beside_others)
            for page in pages:
                reading.take_in(page, self.family, self.required)
            alone = list(reading.lines.values())
            changed = _changed(reading, pages)
            try:
                bounds = Bounds(reading.equations.solved(), self.is_late)
            except Contradiction:
                continue
            self._look(bounds, [line for line in alone if line.page == now.name])
            self._look_who_skipped(bounds, reading)
            self._look_back(bounds, [line for line in alone if line.page != now.name], pages)
            self._look_between(bounds, changed)
            self.attack.solved += bounds.solved
            return
        raise Contradiction  # what the gate lets out of one question is the truth

    def _look(self, bounds: Bounds, lines: Sequence[Line]) -> None:
        true = truths(self.draft, lines)
        for line in lines:
            truth = true[line.attribute, line.group, line.key]
            for places in dict.fromkeys(secrets(line, truth, self.thresholds)):
                if self._is_narrow(bounds, places):
                    self.attack.narrow.add((line.attribute, line.key))
        for line, parts in unions(lines):
            if is_union_known(bounds, parts, self.thresholds.minimum):
                self.attack.unions.add((line.attribute, line.key))

    def _look_who_skipped(self, bounds: Bounds, reading: Reading) -> None:
        lines = [reading.lines[path] for path in reading.skipped if path[0] == NOW]
        for (attribute, group, key), truth in truths(self.draft, lines).items():
            if self.thresholds.is_small(truth.people - truth.n):
                path = (NOW, attribute, group, key)
                if self._is_narrow(bounds, [reading.skipped[path]]):
                    self.attack.narrow.add((attribute, key))

    def _look_back(self, bounds: Bounds, lines: Sequence[Line], pages: Sequence[Page]) -> None:
        """What earlier pages hide stays as open as it was, or open enough."""
        alone: dict[str, tuple[Reading, Bounds]] = {}
        for line in lines:
            for number, places in enumerate(hidden_sums(line)):
                if not self._is_narrow(bounds, places):
                    continue
                if line.page not in alone:
                    page = next(page for page in pages if page.name == line.page)
                    alone[line.page] = self._read_alone(page)
                low, high = bounds.interval(places)
                if high - low < self._width(alone[line.page], line, number) - CLOSE:
                    self.attack.waves.add((line.attribute, line.key))

    def _read_alone(self, page: Page) -> tuple[Reading, Bounds]:
        reading = Reading()
        reading.take_in(page, self.family, self.required)
        return reading, Bounds(reading.equations.solved(), self.is_late)

    def _width(self, alone: tuple[Reading, Bounds], line: Line, number: int) -> float:
        """How open the hidden sum `number` of a line was before others were read, or enough."""
        reading, bounds = alone
        own = reading.lines[line.page, line.attribute, line.group, line.key]
        places = list(hidden_sums(own))[number]
        low, high = bounds.interval(places, self.thresholds.minimum)
        return min(high - low, self.thresholds.minimum)

    def _look_between(self, bounds: Bounds, lines: Sequence[Line]) -> None:
        for line in lines:
            for places in dict.fromkeys(changes(line)):
                self.attack.tried += 1
                low, high = bounds.interval(places, self.thresholds.minimum)
                if tells_of_few(low, high, self.thresholds.minimum):
                    self.attack.waves.add((line.attribute, line.key))
        for line, parts in unions(lines):
            if is_union_known(bounds, parts, self.thresholds.minimum):
                self.attack.waves.add((line.attribute, line.key))

    def _is_narrow(self, bounds: Bounds, places: Sequence[int]) -> bool:
        self.attack.tried += 1
        low, high = bounds.interval(places, self.thresholds.minimum)
        return high - low < self.thresholds.minimum - CLOSE


def _changed(reading: Reading, pages: Sequence[Page]) -> list[Line]:
    return [
        line for first, second in pairwise(pages) for line in in_between(reading, first, second)
    ]


def _families(questions: Sequence[Question]) -> list[list[Question]]:
    """Each question that is asked of everybody, with those that follow it, step by step."""
    keys = {question.key for question in questions}
    first: dict[str, str] = {}
    for question in questions:
        source = question.after if question.after in keys else ""
        first[question.key] = first.get(source, source) or question.key
    families: dict[str, list[Question]] = {}
    for question in questions:
        families.setdefault(first[question.key], []).append(question)
    return list(families.values())


def _page_of(decision: Decision) -> Page:
    payload = decision.payload
    tables = [ShownTable.from_json(one) for one in payload["tables"]]
    return Page(
        name=NOW,
        respondents=payload["respondents"],
        tables={table.key: table for table in tables},
        breakdowns=[ShownBreakdown.from_json(one) for one in payload["breakdowns"]],
    )


def _page(name: str, earlier: EarlierRelease) -> Page:
    return Page(
        name=name,
        respondents=earlier.respondents,
        tables={table.key: table for table in earlier.tables},
        breakdowns=earlier.breakdowns,
    )


def _beside(before: Sequence[Page], now: Page, family: Sequence[Question]) -> list[Page]:
    """Earlier pages that tell something of the questions that this one does not."""
    return [
        page
        for page in before
        if any(page.tells(question.key) for question in family)
        and _told(page, family) != _told(now, family)
    ]


def _told(page: Page, family: Sequence[Question]) -> list[object]:
    return [
        page.respondents,
        *(page.tables.get(question.key) for question in family),
        *(
            (one.attribute, one.groups, one.table(question.key))
            for one in page.breakdowns
            for question in family
        ),
    ]
