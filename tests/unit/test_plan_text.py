"""Plans read out of documents: both forms, as people really write them, and whatever else comes."""

import io
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import docx
import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.county.rules.county_file import read_sections
from participation.county.rules.facts import KnownKeys
from participation.county.rules.nodes import Findings
from participation.county.rules.reading import read_county_file
from participation.foundation.documents import (
    UnreadableDocument,
    docx_bytes,
    read_docx,
)
from participation.foundation.i18n import use_locale
from participation.foundation.paths import PACKAGE
from participation.plans.rules.documents import PlanPaper, plan_blocks
from participation.plans.rules.plan_facts import Chosen, Head, Wrong, plan_facts
from participation.plans.rules.plan_file import LONG, PlanFacts, read_plans
from participation.plans.rules.plan_lines import (
    MOST_LINES,
    lines_of_document,
    lines_of_text,
    row_of,
)
from participation.plans.rules.plan_text import Doubt, PlanReading, read_plan
from participation.plans.rules.plan_vocabulary import K, cleaned
from participation.plans.rules.plans import PlanLine, PlanStatus, Row, tree

HEAD = Head("grupp", "Plan", "areas", 2025, 2026)


def read(text: str) -> PlanReading:
    return read_plan(lines_of_text(text))


def facts_of(found: PlanReading) -> PlanFacts:
    head = Head("grupp", found.title or "Plan", found.form, 2025, 2026)
    facts, wrong = plan_facts(head, [Chosen(line.kind, line.text) for line in found.lines])
    assert wrong == {}
    return facts


def outline(found: PlanReading) -> list[str]:
    """The tree, a line each, two spaces for each step in; a question mark where there is doubt."""
    facts = facts_of(found)
    depths: dict[str | None, int] = {None: -1}
    told = []
    for line in facts.lines:
        depths[line.key] = depths[line.parent] + 1
        more = "".join(
            f" | {name}={getattr(line, name)}"
            for name in ("purpose", "time_frame", "responsible")
            if getattr(line, name)
        )
        told.append(f"{'  ' * depths[line.key]}{line.kind}: {line.text}{more}")
    return told


def doubts(found: PlanReading) -> list[tuple[int, str]]:
    return [(line.numbers[0], str(line.doubt)) for line in found.doubts]


# ------------------------------------------------------------ realistic documents

PASTED_AREAS = """Handlingsplan Trygga steg 2025–2026

Målgrupp: Vuxna som behöver både region och kommun.
Övergripande mål: Ingen ska behöva börja om.

Förbättringsområden

1. En väg in
Syfte:
Många vet inte vart de ska vända sig.
Det tar tid från dem som har minst.
Mål
• Alla hittar rätt vid första samtalet.
• Färre bollas mellan mottagningar.
Tidsram: 2025 till våren 2026
Aktiviteter:
- Kartlägga vägarna in
- Göra en gemensam sida
  om vart man vänder sig

Pågår över tid

Lokal samverkan
- Träffas fyra gånger om året
Närstående
- Bjuda in till samtal
"""

PASTED_GOALS = (
    "Handlingsplan 2018–2019, barn och unga\r\n"
    "\r\n"
    "Fokusområde: Tidiga insatser\r\n"
    "Långsiktigt mål\tKortsiktigt mål\tIndikator\tAktivitet i planen\tAnsvarig\r\n"
    "Alla barn får hjälp i tid.\tFler får tid inom 30 dagar.\tVäntetid i dagar\t"
    "Öppna en gemensam mottagning\tRegion och kommuner\r\n"
    "Skolan ser tidigt.\tKortare vägar.\r\n"
    "Färre omtag.\tAntal samråd\tSamråda varje månad\tKommunerna\r\n"
    "\r\n"
    "Fokusområde: Delaktighet\r\n"
    "Långsiktigt mål\tKortsiktigt mål\tIndikator\tAktivitet i planen\tAnsvarig\r\n"
    "Barn är med och bestämmer.\t\tAntal grupper\tStarta en ungdomsgrupp\tSkolorna\r\n"
)

MESSY = (
    "HANDLINGSPLAN PSYKISK HÄLSA (utkast 3)\n"
    "Innehåll\n"
    "1. Samverkan\u00a0\u2026\u2026\u2026 2\n"
    "\n"
    "Det här är ett arbetsmaterial som gruppen har skrivit tillsammans under hösten.\n"
    "Förbättringsområde\u00a01: Ma\u030anga vägar blir en\n"
    "Bakgrund – Vi har sett att fler söker.\n"
    "Mål 1: Fler får svar samma dag.\n"
    "Indikator: Andel svar samma dag\n"
    "Åtgärder\n"
    "o\tRinga upp\n"
    "a) Skriva ner hur vi gör\n"
    "Ansvarig: Utvecklingsledarna\n"
    "Vi är inte överens om ordningen.\n"
    "Status: inte börjat\n"
    "Beslutad av styrgruppen 2025-03-01\n"
)

TABLE_OF_AREAS = (
    "Handlingsplan Äldre 2026\n"
    "Målområde\tAktiviteter\tAnsvarig\tKlart\n"
    "Trygg hemgång\tRinga dagen efter\tKommunerna\thösten 2026\n"
    "\tBesöka inom en vecka\tRegionen\t\n"
    "Närstående\tFråga hur de har det\t\t\n"
)

FORM_OF_TWO_COLUMNS = (
    "Plan för gruppen\n"
    "Målgrupp\tÄldre i länet\n"
    "Förbättringsområde\tTrygg hemgång\n"
    "Syfte\tFärre återinläggningar\n"
    "Aktiviteter\tRinga dagen efter\n"
)


def test_pasted_improvement_areas_become_the_tree_they_speak_of() -> None:
    found = read(PASTED_AREAS)
    purpose = "Många vet inte vart de ska vända sig.\nDet tar tid från dem som har minst."
    assert outline(found) == [
        f"improvement_area: En väg in | purpose={purpose} | time_frame=2025 till våren 2026",
        "  goal: Alla hittar rätt vid första samtalet.",
        "  goal: Färre bollas mellan mottagningar.",
        "  plan_action: Kartlägga vägarna in",
        "  plan_action: Göra en gemensam sida om vart man vänder sig",
        "ongoing_area: Lokal samverkan",
        "  plan_action: Träffas fyra gånger om året",
        "ongoing_area: Närstående",
        "  plan_action: Bjuda in till samtal",
    ]
    assert doubts(found) == [(18, "joined")]
    facts = facts_of(found)
    assert facts.title == "Handlingsplan Trygga steg 2025–2026"
    assert facts.target_group == "Vuxna som behöver både region och kommun."
    assert facts.overall_goal == "Ingen ska behöva börja om."


def test_a_pasted_table_of_the_older_form_is_put_together_where_cells_broke() -> None:
    found = read(PASTED_GOALS)
    assert found.form == "goals"
    assert outline(found) == [
        "focus_area: Tidiga insatser",
        "  long_term_goal: Alla barn får hjälp i tid. | responsible=Region och kommuner",
        "    short_term_goal: Fler får tid inom 30 dagar.",
        "    indicator: Väntetid i dagar",
        "    plan_action: Öppna en gemensam mottagning",
        "  long_term_goal: Skolan ser tidigt. | responsible=Kommunerna",
        "    short_term_goal: Kortare vägar.",
        "    short_term_goal: Färre omtag.",
        "    indicator: Antal samråd",
        "    plan_action: Samråda varje månad",
        "focus_area: Delaktighet",
        "  long_term_goal: Barn är med och bestämmer. | responsible=Skolorna",
        "    indicator: Antal grupper",
        "    plan_action: Starta en ungdomsgrupp",
    ]
    assert doubts(found) == []


def test_a_messy_document_keeps_what_nobody_understands_with_a_doubt() -> None:
    found = read(MESSY)
    assert outline(found) == [
        "improvement_area: Många vägar blir en | purpose=Vi har sett att fler söker.",
        "  goal: Fler får svar samma dag.",
        "  goal: Andel svar samma dag",
        "  plan_action: Ringa upp",
        "  plan_action: Skriva ner hur vi gör | responsible=Utvecklingsledarna",
        "  plan_action: Vi är inte överens om ordningen.",
    ]
    assert doubts(found) == [
        (3, "unknown"),
        (5, "unknown"),
        (9, "other_form"),
        (14, "guessed"),
        (15, "status"),
        (16, "elsewhere"),
    ]


def test_a_table_of_areas_gives_each_its_plan_actions() -> None:
    found = read(TABLE_OF_AREAS)
    assert outline(found) == [
        "ongoing_area: Trygg hemgång",
        "  plan_action: Ringa dagen efter (hösten 2026) | responsible=Kommunerna",
        "  plan_action: Besöka inom en vecka | responsible=Regionen",
        "ongoing_area: Närstående",
        "  plan_action: Fråga hur de har det",
    ]


def test_a_form_of_two_columns_is_labels_and_what_they_say() -> None:
    found = read(FORM_OF_TWO_COLUMNS)
    assert outline(found) == [
        "improvement_area: Trygg hemgång | purpose=Färre återinläggningar",
        "  plan_action: Ringa dagen efter",
    ]
    assert facts_of(found).target_group == "Äldre i länet"


def test_a_list_without_any_area_gets_one_to_name() -> None:
    found = read("Aktiviteter\n- Ringa\n- Skriva")
    assert outline(found) == [
        "improvement_area: Hela planen",
        "  plan_action: Ringa",
        "  plan_action: Skriva",
    ]
    assert found.doubts[0].text == "Hela planen"


def word_document(make: Callable[[Document], None]) -> PlanReading:
    """A document as Word writes it."""
    document = docx.Document()
    make(document)
    kept_in = io.BytesIO()
    document.save(kept_in)
    return read_plan(lines_of_document(read_docx(kept_in.getvalue())))


def test_a_word_table_with_merged_cells_is_read_row_by_row() -> None:
    def make(document: Document) -> None:
        document.add_heading("Handlingsplan Barn och unga 2026", 0)
        table = document.add_table(rows=5, cols=4)
        for cell, text in zip(
            table.rows[0].cells,
            ["Långsiktiga mål", "Delmål", "Aktivitet", "Ansvariga aktörer"],
            strict=True,
        ):
            cell.text = text
        table.cell(1, 0).merge(table.cell(1, 3)).text = "Tidiga insatser"
        table.cell(2, 0).merge(table.cell(3, 0)).text = "Alla får hjälp i tid."
        table.cell(2, 1).text = "Kortare väg"
        table.cell(2, 2).text = "Öppna en mottagning"
        table.cell(2, 3).text = "Regionen"
        table.cell(3, 2).text = "Samråda varje månad"
        table.cell(3, 2).add_paragraph("Ringa hem")
        table.cell(3, 3).text = "Kommunerna"
        table.cell(4, 0).text = "Färre byter handläggare."

    found = word_document(make)
    assert outline(found) == [
        "focus_area: Tidiga insatser",
        "  long_term_goal: Alla får hjälp i tid. | responsible=Regionen; Kommunerna",
        "    short_term_goal: Kortare väg",
        "    plan_action: Öppna en mottagning",
        "    plan_action: Samråda varje månad",
        "    plan_action: Ringa hem",
        "  long_term_goal: Färre byter handläggare.",
    ]


def test_headings_and_lists_of_word_tell_the_tree() -> None:
    def make(document: Document) -> None:
        document.add_heading("Plan för gruppen Äldre", 0)
        document.add_paragraph("Vi som är med i gruppen har skrivit planen.")
        document.add_heading("Prioriterade områden", 1)
        document.add_heading("Trygg hemgång", 2)
        document.add_paragraph("Många är oroliga den första kvällen.")
        document.add_heading("Mål", 3)
        document.add_paragraph("Alla får ett samtal.", "List Bullet")
        document.add_heading("Åtgärder", 3)
        document.add_paragraph("Ringa dagen efter", "List Number")
        document.add_heading("Löpande arbete", 1)
        document.add_heading("Närstående", 2)
        document.add_paragraph("Bjuda in", "List Bullet")

    found = word_document(make)
    assert outline(found) == [
        "improvement_area: Trygg hemgång | purpose=Många är oroliga den första kvällen.",
        "  goal: Alla får ett samtal.",
        "  plan_action: Ringa dagen efter",
        "ongoing_area: Närstående",
        "  plan_action: Bjuda in",
    ]
    assert doubts(found) == [(2, "unknown"), (5, "guessed")]


# ------------------------------------------------------------ there and back again


def _shipped() -> dict[str, PlanFacts]:
    known: dict[str, KnownKeys] = {}
    plans = {}
    for name in ("kalmar", "kalmar-demo"):
        findings = Findings(name)
        content = (PACKAGE / "county" / "files" / f"{name}.yaml").read_bytes()
        root = read_county_file(content, findings)
        assert root is not None
        county = read_sections(root, known, ["action_plans", "indicators", "aims"])
        known[name] = county.known
        section = root.child("action_plans")
        assert section is not None
        plans |= {plan.key: plan for plan in read_plans(section, county.known)}
    return {key: plan for key, plan in plans.items() if plan.lines}


SHIPPED = _shipped()


def lines_of(plan: PlanFacts) -> list[PlanLine]:
    ids = {line.key: number for number, line in enumerate(plan.lines)}
    return tree(
        Row(
            ids[line.key],
            ids[line.parent] if line.parent else None,
            PlanLine(
                public_id=line.key,
                kind=line.kind,
                text=line.text,
                purpose=line.purpose,
                time_frame=line.time_frame,
                responsible=line.responsible,
                status=PlanStatus(line.status.status) if line.status else None,
                status_on=line.status.status_on if line.status else None,
                status_text=line.status.text if line.status else "",
                findings=[("Hälften får börja om", "abc")] if line.kind.endswith("goal") else [],
            ),
        )
        for line in plan.lines
    )


def written(plan: PlanFacts) -> bytes:
    paper = PlanPaper(
        title=plan.title,
        about=[("Grupp", plan.group), ("Målgrupp", plan.target_group or "Alla")],
        tops=lines_of(plan),
        is_fictional=plan.is_fictional,
    )
    with use_locale("sv"):
        blocks = plan_blocks(paper, lambda public_id: f"https://example.org/findings/{public_id}")
        return docx_bytes(blocks, title=plan.title)


def branches(lines: Sequence[PlanLine]) -> list[object]:
    """The tree as nested values; what stands beside each other, kind by kind."""
    return [
        (
            line.kind,
            line.text,
            line.purpose,
            line.time_frame,
            line.responsible,
            branches(sorted(line.below, key=lambda one: one.kind)),
        )
        for line in lines
    ]


@pytest.mark.parametrize("key", SHIPPED)
def test_a_plan_that_is_written_and_read_again_is_the_same_tree(key: str) -> None:
    plan = SHIPPED[key]
    found = read_plan(lines_of_document(read_docx(written(plan))))
    assert found.form == plan.form
    assert found.title == plan.title
    read_again = facts_of(found)
    assert branches(lines_of(read_again)) == branches(lines_of(plan))
    kept_elsewhere = {Doubt.STATUS, Doubt.FINDING, Doubt.ELSEWHERE, Doubt.UNKNOWN}
    assert {line.doubt for line in found.doubts} <= kept_elsewhere
    assert all(line.kind is K.LEFT_OUT for line in found.doubts)


@pytest.mark.parametrize("key", SHIPPED)
def test_who_does_a_plan_action_comes_back_too(key: str) -> None:
    lines = tuple(
        replace(line, responsible="Kommunerna") if line.kind == "plan_action" else line
        for line in SHIPPED[key].lines
    )
    plan = replace(SHIPPED[key], lines=lines)
    found = facts_of(read_plan(lines_of_document(read_docx(written(plan)))))
    assert branches(lines_of(found)) == branches(lines_of(plan))


def test_the_shipped_plans_have_both_forms() -> None:
    assert {plan.form for plan in SHIPPED.values()} == {"areas", "goals"}


# ------------------------------------------------------------ whatever comes

_SIGNS = (
    "Syfte: Mål Tidsram: Aktiviteter Ansvarig: Fokusområde Långsiktigt Indikator 1. 2.1 • - o "
    "Förbättringsområde Pågår över tid Läge: Lärdom: Många börjar om. ringa \t \u00a0 a\u030a"
)
_WORDS = st.sampled_from(_SIGNS.split(" "))
_LINE = st.one_of(st.lists(_WORDS, max_size=8).map(" ".join), st.text(max_size=40))
_TEXT = st.lists(_LINE, max_size=25).map("\n".join) | st.text(max_size=300)


def letters(text: str) -> Counter[str]:
    return Counter(sign for sign in unicodedata.normalize("NFC", text) if sign.isalnum())


def kept(found: PlanReading) -> dict[int, Counter[str]]:
    """Every letter that a line of the document left in the plan, its doubts or its labels."""
    told: dict[int, Counter[str]] = {}
    for line in found.lines:
        for number in line.numbers:
            told[number] = told.get(number, Counter()) + letters(f"{line.label} {line.text}")
    for number, label in found.labels:
        told[number] = told.get(number, Counter()) + letters(label)
    return told


@settings(max_examples=400, deadline=None)
@given(_TEXT)
def test_any_text_gives_a_plan_and_no_line_of_it_is_dropped(text: str) -> None:
    try:
        source = lines_of_text(text)
    except UnreadableDocument:
        assert not cleaned(text).strip()
        return
    found = read_plan(source)
    told = kept(found)
    for number, line in enumerate(cleaned(text).split("\n"), 1):
        if line.strip():
            assert number in told, line
            assert letters(line) <= told[number], line
    facts_of(found)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=3 * LONG))
def test_a_line_that_no_plan_can_hold_is_cut_and_nothing_is_lost(text: str) -> None:
    line = " ".join(cleaned(text).split())
    if not line:
        return
    found = read(f"Aktiviteter:\n- {line}")
    assert all(0 < len(one.text) <= LONG for one in found.lines)
    assert letters(line) <= sum(kept(found).values(), Counter())


def test_more_lines_than_any_plan_has_are_refused() -> None:
    with pytest.raises(UnreadableDocument) as refused:
        lines_of_text("rad\n" * (MOST_LINES + 1))
    assert refused.value.data["reason"] == "too_long"


@pytest.mark.parametrize(
    "text", ["." * 190_000 + "b", "1." * 90_000, "o\t" * 90_000, "a " * 90_000]
)
def test_signs_without_end_are_read_within_seconds(text: str) -> None:
    began = time.perf_counter()
    assert read(f"Aktiviteter:\n{text}").lines
    assert time.perf_counter() - began < 3


def test_cells_with_more_lines_than_any_plan_has_are_refused() -> None:
    cell = "\n".join(f"Rad {n}" for n in range(MOST_LINES + 1))
    rows = [row_of(1, ["Aktiviteter", "Ansvarig"]), row_of(2, [cell, "Alla"])]
    with pytest.raises(UnreadableDocument):
        read_plan(rows)


def test_a_whole_book_is_read_within_a_second() -> None:
    assert len(read("\n".join(f"- Rad {n} " + "ord " * 60 for n in range(MOST_LINES))).lines) > 1


# ------------------------------------------------------------ what a person chose


def chosen(*lines: tuple[K, str]) -> tuple[PlanFacts, dict[int, Wrong]]:
    return plan_facts(HEAD, [Chosen(*line) for line in lines])


def test_a_line_without_the_line_it_belongs_under_is_told() -> None:
    facts, wrong = chosen((K.GOAL, "Alla"), (K.ONGOING_AREA, "Tider"), (K.GOAL, "Fler"))
    assert wrong == {0: Wrong.NO_PLACE, 2: Wrong.NO_PLACE}
    assert [line.parent for line in facts.lines] == [None, None, None]


def test_a_line_of_the_other_form_is_told() -> None:
    assert chosen((K.FOCUS_AREA, "Delaktighet"))[1] == {0: Wrong.OTHER_FORM}


def test_what_is_too_long_together_is_told_at_the_line_that_makes_it_so() -> None:
    half = "a" * 1_500
    lines = [(K.IMPROVEMENT_AREA, "Tider"), (K.PURPOSE, half), (K.PURPOSE, half)]
    assert chosen(*lines)[1] == {2: Wrong.TOO_LONG}


def test_what_is_left_out_is_not_in_the_plan() -> None:
    facts, wrong = chosen((K.ONGOING_AREA, "Tider"), (K.LEFT_OUT, "Läge"), (K.TITLE, "Plan"))
    assert [line.text for line in facts.lines] == ["Tider"]
    assert wrong == {}
