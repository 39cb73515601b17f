"""Findings: what the coded texts and the published totals say, through the gate."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from participation.coding.models import Excerpt, Material, MaterialText
from participation.commitments.queries import commitments_about
from participation.demo.feedback import follow
from participation.demo.year import Year
from participation.disclosure.models import Release
from participation.disclosure.queries import releases_of
from participation.plans.models import ActionPlan, PlanNode
from participation.plans.rules.plans import GOAL_KINDS
from participation.plans.services.plans import choose_goals, link_finding
from participation.questionnaires.queries import round_by_id
from participation.questionnaires.rules.grouping import Attribute
from participation.results.models import Finding
from participation.results.rules.findings import FindingDraft
from participation.results.rules.verdicts import Verdict
from participation.results.services import (
    add_quote,
    approve_quote,
    choose_figure,
    draft_finding,
    publish_finding,
)
from participation.results.services.themes import publish_themes
from participation.results.services.verdicts import ask_verdict, give_verdict

WAVE = "2026"
WRITTEN_BEFORE = timedelta(days=3)
DRAFTED_BEFORE = timedelta(days=5)
PLAN = "provmodellen-2026"
# Which plan actions of the invented plan answer to which findings.
ANSWERED_BY = {
    "f1": ("forsta-motet-mall", "forsta-motet-prova"),
    "f2": ("forsta-motet-narstaende",),
    "f3": ("forsta-motet-utvardera",),
}

THEMES_OF = "yearly_support_2025"
THEMES_BEFORE = timedelta(days=1)

SPEAKS_FOR = "f1"  # a goal of the same plan

ASKED_FINDING = "f1"
VERDICTS = {
    Verdict.YES: (41, ""),
    Verdict.PARTLY: (6, "Det är bättre hos dem som har en fast kontakt."),
    Verdict.DONT_KNOW: (5, ""),
}
FEW_VERDICTS = {Verdict.YES: (3, ""), Verdict.PARTLY: (4, "Inte på vår mottagning.")}


def publish_year(year: Year) -> None:
    """Every finding in the order it was published; drafts stay drafts."""
    for entry in sorted(year.texts.findings, key=lambda f: (f["published_on"] is None, f["key"])):
        finding = _write(year, entry)
        year.findings[entry["key"]] = finding
        _ask_whether_it_rings_true(year, finding, entry)
        if entry["published_on"] is not None:
            with year.calendar.stand_at(entry["published_on"], 8, 30):
                publish_finding(year.session, year.coordinator, finding)
            _answer(year, finding, entry)
    _link_to_plan(year)
    _publish_themes(year)


def _publish_themes(year: Year) -> None:
    """What people wrote about last year, by who they are: of some ages nearly all wrote."""
    survey_round = round_by_id(year.session, year.rounds[THEMES_OF].id)
    with year.calendar.stand_at(year.calendar.today - THEMES_BEFORE, 10):
        publish_themes(year.session, year.coordinator, survey_round, [Attribute.ROLE])


def _write(year: Year, entry: dict[str, Any]) -> Finding:
    written_on = (
        entry["published_on"] - WRITTEN_BEFORE
        if entry["published_on"]
        else year.calendar.today - DRAFTED_BEFORE
    )
    with year.calendar.stand_at(written_on, 16):
        finding = draft_finding(year.session, year.coordinator, _draft(year, entry))
        _rest_on_figure(year, finding, entry["supported_by"])
        for written in entry["quotes"]:
            _quote(year, finding, entry, written)
    return finding


def _ask_whether_it_rings_true(year: Year, finding: Finding, entry: dict[str, Any]) -> None:
    """One finding was asked about before it was published; a draft is asked about now."""
    is_draft = entry["published_on"] is None
    if entry["key"] != ASKED_FINDING and not is_draft:
        return
    day = year.calendar.today if is_draft else entry["published_on"]
    with year.calendar.stand_at(day - timedelta(days=2), 9):
        ask = ask_verdict(year.session, year.coordinator, finding)
        said = FEW_VERDICTS if is_draft else VERDICTS
        for answer, (count, words) in said.items():
            for number in range(count):
                token = f"{entry['key']}-{answer}-{number}"
                give_verdict(year.session, ask, token, answer, "" if number else words)


def _draft(year: Year, entry: dict[str, Any]) -> FindingDraft:
    return FindingDraft(
        title=entry["title"],
        body=f"{entry['body'].strip()}\n\n{entry['change_text']}",
        easy_text=entry["easy"].strip(),
        perspective_key=entry["perspective"],
        area_id=year.area_id(entry["area"]),
        whose_to_change=entry["change"],
        group_ids=tuple(year.groups[name].id for name in entry["groups"]),
        code_ids=tuple(year.coded.codes[key].id for key in entry["codes"]),
        material_ids=tuple(material.id for material in _materials(year, entry)),
        is_fictional=True,
    )


def _materials(year: Year, entry: dict[str, Any]) -> list[Material]:
    """What was written in the rounds the finding quotes or counts in, this year."""
    round_key = f"{entry['supported_by']['questionnaire']}_{WAVE}"
    quoted = {year.coded.texts[quote["free_text"]].material_id for quote in entry["quotes"]}
    return [
        material
        for (key, _question), material in year.coded.materials.items()
        if key == round_key or material.id in quoted
    ]


def _rest_on_figure(year: Year, finding: Finding, supported_by: dict[str, Any]) -> None:
    survey_round = year.rounds[f"{supported_by['questionnaire']}_{WAVE}"]
    release: Release = releases_of(year.session, "round", survey_round.public_id)[0]
    table_key = supported_by["row"] or supported_by["question"]
    choose_figure(year.session, finding, release, table_key, supported_by["options"])


def _quote(year: Year, finding: Finding, entry: dict[str, Any], written: dict[str, Any]) -> None:
    text = year.coded.texts[written["free_text"]]
    code_ids = [year.coded.codes[key].id for key in entry["codes"]]
    excerpt = _excerpt(year, text, written["text"], code_ids)
    quote = add_quote(year.session, year.coordinator, finding, excerpt, text)
    if entry["published_on"] is not None:
        approve_quote(year.session, year.coordinator, quote)


def _excerpt(year: Year, text: MaterialText, words: str, code_ids: Sequence[int]) -> Excerpt:
    """The coded passage with exactly these words; marked anew when the coders marked more."""
    start = text.text.index(words)
    end = start + len(words)
    found = year.session.scalars(
        select(Excerpt).where(Excerpt.text_id == text.id, Excerpt.code_id.in_(code_ids))
    ).all()
    for excerpt in found:
        if (excerpt.start, excerpt.end) == (start, end):
            return excerpt
    excerpt = Excerpt(
        text_id=text.id,
        code_id=found[0].code_id if found else code_ids[0],
        start=start,
        end=end,
        coder_account_id=year.coordinator.account_id,
    )
    year.session.add(excerpt)
    year.session.flush()
    return excerpt


def _answer(year: Year, finding: Finding, entry: dict[str, Any]) -> None:
    """What an invented group has answered; a real one never answers in the demo."""
    owed = commitments_about(year.session, "finding", finding.public_id)
    for answer in entry.get("answers", ()):
        group_id = year.groups[answer["group"]].id
        (commitment,) = [owing for owing in owed if owing.owed_by_group_id == group_id]
        follow(year, commitment, answer)


def _link_to_plan(year: Year) -> None:
    nodes = {
        node.key.rsplit("/", 1)[-1]: node
        for node in year.session.scalars(
            select(PlanNode)
            .join(ActionPlan, ActionPlan.id == PlanNode.plan_id)
            .where(ActionPlan.key == PLAN)
        )
    }
    for key, actions in ANSWERED_BY.items():
        for action in actions:
            link_finding(year.session, year.coordinator, nodes[action], year.findings[key])
    goals = [node for node in nodes.values() if node.kind in GOAL_KINDS]
    choose_goals(year.session, year.coordinator, year.findings[SPEAKS_FOR], goals[:1])
