"""Every page and state that a respondent can meet, each with a way to bring a browser to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page
from sqlalchemy.orm import Session

from participation.foundation.ceilings import TokenBucket
from participation.foundation.db import transaction
from participation.questionnaires.models import AccessToken, ResponseDraft, SurveyRound
from participation.questionnaires.queries import round_to_answer
from participation.questionnaires.rules.codes import in_groups
from participation.questionnaires.rules.sealing import access_hash, draft_key, unseal
from participation.questionnaires.services import issue_links, send_answers
from participation.questionnaires.views.answer import CEILINGS
from tests.support.browser import ServedDemo
from tests.support.every_kind import EveryKind, filled_draft, lay_out_every_kind

LONG = "å" * 3_000


@dataclass(frozen=True)
class Stage:
    """A served demo with the rounds of every kind on it."""

    served: ServedDemo
    rounds: EveryKind

    def go(self, page: Page, path: str, query: str = "") -> None:
        joined = f"{path}{'&' if '?' in path else '?'}{query}" if query else path
        page.goto(self.served.url + joined)

    def fresh(self) -> str:
        """The code of a new draft with all answers."""
        with transaction(self.served.demo.sessions) as session:
            return filled_draft(session, self._open_round(session))

    def receipt(self) -> str:
        """The receipt of answers that were sent just now."""
        code = self.fresh()
        with transaction(self.served.demo.sessions) as session:
            key = draft_key(code)
            row = session.get_one(ResponseDraft, key.row_id)
            receipt = unseal(row.sealed, key).receipt
            send_answers(session, self._open_round(session), code, receipt, "sv")
        return receipt

    def spent(self) -> str:
        """A personal link that has been used."""
        with transaction(self.served.demo.sessions) as session:
            token, _other = issue_links(session, self._open_round(session), 2)
            session.get_one(AccessToken, access_hash(token)).is_spent = True
        return token

    @contextmanager
    def crowded(self) -> Iterator[None]:
        """As when very many have started at once."""
        ceilings: Any = self.served.demo.app.extensions[CEILINGS]
        kept, ceilings.starts = ceilings.starts, TokenBucket(burst=0, per_second=0)
        try:
            yield
        finally:
            ceilings.starts = kept

    def _open_round(self, session: Session) -> SurveyRound:
        survey_round = round_to_answer(session, self.rounds.open_slug)
        assert survey_round is not None
        return survey_round


def stage_on(served: ServedDemo) -> Stage:
    with transaction(served.demo.sessions) as session:
        return Stage(served, lay_out_every_kind(session))


Way = Callable[[Stage, Page, str], None]  # (stage, page, "lang=ar")


@dataclass(frozen=True)
class Sight:
    """One state of one page."""

    name: str
    open: Way


def submit(page: Page, typed: dict[str, Any] | None = None, name: str = "") -> None:
    """Fill fields by name past the browser's own checks, press the page's main button."""
    page.evaluate(
        """([typed, name]) => {
          const form = document.querySelector('main form[method=post]') ||
            document.querySelector('main form');
          for (const [field, value] of Object.entries(typed)) {
            for (const one of form.querySelectorAll(`[name="${field}"]`)) {
              if (one.type === 'radio' || one.type === 'checkbox') {
                one.checked = value.includes(one.value);
              } else one.value = value;
            }
          }
        }""",
        [typed or {}, name],
    )
    with page.expect_navigation():
        page.locator("main form button[type=submit]:not([name])").first.click()


def _at(template: str) -> Way:
    def go(stage: Stage, page: Page, query: str) -> None:
        stage.go(page, template.format(**vars(stage.rounds)), query)

    return go


def _typed(template: str, typed: dict[str, Any]) -> Way:
    def go(stage: Stage, page: Page, query: str) -> None:
        _at(template)(stage, page, query)
        submit(page, typed)

    return go


def _receipt(template: str) -> Way:
    def go(stage: Stage, page: Page, query: str) -> None:
        stage.go(page, template.format(code=stage.fresh(), **vars(stage.rounds)), query)
        submit(page)

    return go


def _withdrawing(stage: Stage, page: Page, query: str) -> None:
    stage.go(page, "/withdraw", query)
    submit(page, {"receipt": in_groups(stage.receipt())})


def _withdrawn(stage: Stage, page: Page, query: str) -> None:
    _withdrawing(stage, page, query)
    submit(page)


def _spent(stage: Stage, page: Page, query: str) -> None:
    stage.go(page, f"/a/{stage.spent()}", query)


def _throttled(stage: Stage, page: Page, query: str) -> None:
    stage.go(page, f"/q/{stage.rounds.open_slug}", query)
    with stage.crowded():
        submit(page)


def _sent_elsewhere(stage: Stage, page: Page, query: str) -> None:
    """Another tab or device sent the answers while this one was writing."""
    code = stage.fresh()
    stage.go(page, f"/a/{code}/q/difference", query)
    with transaction(stage.served.demo.sessions) as session:
        key = draft_key(code)
        session.delete(session.get_one(ResponseDraft, key.row_id))
    submit(page, {"q_difference": "Det här hann jag skriva.\nOch det här."})


SCREENS = (
    "role",
    "from_whom",
    "told_again",
    "let_in",
    "meeting",
    "first_things",
    "visits",
    "trust",
    "last_visit",
    "one_word",
    "difference",
    "may_quote",
)
BAD: dict[str, dict[str, Any]] = {
    "role": {"q_role": []},
    "from_whom": {"q_from_whom": ["care", "none"], "q_from_whom__other": "Grannen"},
    "first_things": {"q_first_things-place_time": "1", "q_first_things-place_same": "1"},
    "visits": {"q_visits": "många"},
    "last_visit": {"q_last_visit": "31 februari"},
    "one_word": {"q_one_word": "å" * 201},
    "difference": {"q_difference": LONG},
}
ALL_BAD = {name: value for key in BAD for name, value in BAD[key].items() if key != "role"}

SIGHTS: tuple[Sight, ...] = (
    Sight("start open link", _at("/q/{open_slug}")),
    Sight("start personal link", _at("/a/{link}")),
    Sight("start anonymous", _at("/q/{anonymous_slug}")),
    Sight("start on a tablet", _at("/k/{tablet}")),
    *(Sight(f"question {key}", _at(f"/a/{{filled}}/q/{key}")) for key in SCREENS),
    *(Sight(f"error {key}", _typed(f"/a/{{begun}}/q/{key}", bad)) for key, bad in BAD.items()),
    Sight("change role", _at("/a/{filled}/q/role?change=1")),
    Sight("question on a tablet", _at("/a/{on_tablet}/q/meeting?kiosk={tablet}")),
    Sight("still there", _at("/a/{on_tablet}/still?kiosk={tablet}")),
    Sight("all questions", _at("/a/{filled}/all")),
    Sight("all questions errors", _typed("/a/{begun}/all", ALL_BAD)),
    Sight("continue", _at("/a/{paused}")),
    Sight("later typed code", _at("/a/{paused}/later")),
    Sight("later personal link", _at("/a/{begun}/later")),
    Sight("review", _at("/a/{filled}/review")),
    Sight("review nothing answered", _at("/a/{begun}/review")),
    Sight("receipt", _receipt("/a/{code}/review")),
    Sight("receipt on a tablet", _receipt("/a/{code}/review?kiosk={tablet}")),
    Sight("withdraw", _at("/withdraw")),
    Sight("withdraw error", _typed("/withdraw", {"receipt": "K7QF-2MZD-09XA-R1T4"})),
    Sight("withdraw confirm", _withdrawing),
    Sight("withdrawn", _withdrawn),
    Sight("code", _at("/code")),
    Sight("code error", _typed("/code", {"code": "hej"})),
    Sight("tablet code", _at("/kiosk")),
    Sight("tablet code error", _at("/kiosk?code=nosuch")),
    Sight("not yet open", _at("/q/{planned_slug}")),
    Sight("closed", _at("/q/{closed_slug}")),
    Sight("unknown questionnaire", _at("/q/nosuchquestionnaire")),
    Sight("unknown link", _at("/a/0000000000000000")),
    Sight("already sent", _spent),
    Sight("sent elsewhere", _sent_elsewhere),
    Sight("throttled", _throttled),
)
