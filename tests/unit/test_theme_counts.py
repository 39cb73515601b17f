"""How many wrote about each theme, beside findings over the same texts and totals of the round."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from participation.coding.queries.voices import ThemeSaid, WhoSaidWhat
from participation.disclosure.rules.attack import decide_proven
from participation.disclosure.rules.breakdowns import (
    Breakdown,
    Group,
    GroupRow,
    ShownBreakdown,
    ShownGroup,
    ShownGrouped,
    ShownRow,
)
from participation.disclosure.rules.drafts import (
    Decision,
    EarlierRelease,
    ReleaseDraft,
    ReleaseKind,
    VoiceCount,
)
from participation.disclosure.rules.gate import decide
from participation.disclosure.rules.tables import Cell, ShownTable, Table, TableKind, Thresholds
from participation.disclosure.rules.who_wrote import are_groups_told
from participation.questionnaires.rules.grouping import Attribute
from participation.results.rules.theme_counts import (
    agreement_word,
    attributes_known,
    theme_table,
    voice_counts,
)
from participation.results.rules.theme_pages import theme_lines

ROUND = ("round", "round2026bcd")


@pytest.fixture(params=[False, True], ids=["by_row", "by_cell"])
def limits(request: pytest.FixtureRequest) -> Thresholds:
    """Groups of the round hide whole rows or single cells; themes are held against both."""
    return Thresholds(by_cell=request.param)


def said(**themes: int) -> WhoSaidWhat:
    """Forty voices, the first twenty patients; each theme said by the first so many of them."""
    voices = [f"v{number:02}" for number in range(40)]
    groups = {
        voice: {
            "role": "patient" if place < 20 else "next_of_kin",
            "municipality": "",
            "unit": "",
            "age_band": "",
        }
        for place, voice in enumerate(voices)
    }
    return WhoSaidWhat(
        groups,
        tuple(
            ThemeSaid(number, f"t{number}", name, frozenset({f"c{number}"}), frozenset(voices[:n]))
            for number, (name, n) in enumerate(themes.items())
        ),
    )


def draft(found: WhoSaidWhat, **overrides: object) -> ReleaseDraft:
    table = theme_table(found)
    values: dict[str, object] = {
        "kind": ReleaseKind.THEME_COUNTS,
        "source_kind": "themes",
        "source_public_id": ROUND[1],
        "title": "Enkät 2026",
        "respondents": table.n,
        "tables": (table,),
        "beside": frozenset({ROUND}),
        "voice_counts": voice_counts(found, ["m1"]),
    }
    return ReleaseDraft(**{**values, **overrides})  # type: ignore[arg-type]


def finding(materials: set[str], codes: set[str], count: int, n: int = 40) -> ReleaseDraft:
    return ReleaseDraft(
        kind=ReleaseKind.FINDING,
        source_kind="finding",
        source_public_id="finding26bcd",
        title="Hälften får börja om",
        voices=VoiceCount(
            materials=frozenset(materials),
            codes=frozenset(codes),
            count=count,
            n=n,
            roles=2,
            municipalities=9,
        ),
    )


def released(one: ReleaseDraft, limits: Thresholds) -> EarlierRelease:
    payload = decide_proven(one, [], [], limits).payload
    return EarlierRelease(
        number=1,
        source_kind=one.source_kind,
        source_public_id=one.source_public_id,
        respondents=payload["respondents"],
        tables=tuple(ShownTable.from_json(table) for table in payload["tables"]),
        voices=payload["voices"],
        breakdowns=tuple(ShownBreakdown.from_json(table) for table in payload["breakdowns"]),
        payload=payload,
    )


def counts(decision: Decision) -> Mapping[str, int | None]:
    (table,) = decision.payload["tables"]
    return {cell["label"]: cell["count"] for cell in table["cells"]}


def test_what_a_few_wrote_about_and_what_all_but_a_few_did_is_hidden(limits: Thresholds) -> None:
    decision = decide(draft(said(Väntan=12, Mat=3, Besked=37, Allt=40)), [], limits)
    shown = counts(decision)
    assert shown["Väntan"] == 12
    assert shown["Mat"] is None
    assert shown["Besked"] is None
    assert [one["count"] for one in decision.payload["voice_counts"]][1] is None


def test_a_theme_beside_a_finding_with_nearly_the_same_voices_is_hidden(limits: Thresholds) -> None:
    before = released(finding({"m1"}, {"c0"}, 10), limits)
    decision = decide(draft(said(Väntan=12, Besked=20)), [before], limits)
    assert counts(decision) == {"Väntan": None, "Besked": 20}
    assert "Väntan" in " ".join(decision.adjustments)


def test_a_later_finding_is_held_against_the_themes(limits: Thresholds) -> None:
    before = released(draft(said(Väntan=12, Besked=20)), limits)
    nearly = decide(finding({"m1"}, {"c0", "c9"}, 14), [before], limits)
    assert nearly.payload["voices"]["count"] is None
    further = decide(finding({"m1"}, {"c0", "c9"}, 18), [before], limits)
    assert further.payload["voices"]["count"] == 18


def test_themes_beside_a_finding_over_some_of_the_texts_are_refused(limits: Thresholds) -> None:
    before = released(finding({"m1", "m2"}, {"c0"}, 30, n=90), limits)
    assert not decide(draft(said(Väntan=12)), [before], limits).is_allowed


def respect(*, n: int, kind: TableKind = TableKind.CHOICE) -> Table:
    """A question that `n` answered, half of them with yes."""
    half = n // 2
    return Table(
        key="respect",
        title="Blev du bemött med respekt?",
        kind=kind,
        n=n,
        cells=(
            Cell(code="yes", label="Ja", count=half),
            Cell(code="no", label="Nej", count=n - half),
        ),
    )


def by_role(key: str, rows: Mapping[str, GroupRow]) -> Breakdown:
    return Breakdown(
        attribute="role",
        title="Vem svarar",
        subject="role",
        question_key="role",
        groups=tuple(Group(code=code, label=code, people=row.n) for code, row in rows.items()),
        rows={key: tuple(rows.values())},
    )


def totals(n: int, **sizes: int) -> ReleaseDraft:
    """A round that `n` answered, by role where `sizes` say how many of each."""
    rows = {
        role: GroupRow(n=size, counts=(size // 2, size - size // 2)) for role, size in sizes.items()
    }
    table = respect(n=n)
    if rows:
        table = replace(
            table,
            cells=tuple(
                replace(cell, count=sum(row.counts[place] for row in rows.values()))
                for place, cell in enumerate(table.cells)
            ),
        )
    return ReleaseDraft(
        kind=ReleaseKind.ROUND_TOTALS,
        source_kind=ROUND[0],
        source_public_id=ROUND[1],
        title="Enkät 2026",
        respondents=n,
        tables=(table,),
        breakdowns=(by_role("respect", rows),) if rows else (),
        beside=frozenset({("themes", ROUND[1])}),
    )


def themes_by_role(**sizes: int) -> ReleaseDraft:
    """Forty wrote; two themes, each of which half of every role wrote about."""
    rows = {role: GroupRow(n=size, counts=(size // 2, size // 2)) for role, size in sizes.items()}
    half = sum(row.counts[0] for row in rows.values())
    return draft(said(Väntan=half, Besked=half), breakdowns=(by_role("themes", rows),))


SHOWN = ["role"]


def shown_by(decision: Decision) -> list[str]:
    assert decision.is_allowed, decision.refusals
    return [one["attribute"] for one in decision.payload["breakdowns"]]


def test_themes_beside_a_round_that_a_few_more_answered_are_refused_for_good(
    limits: Thresholds,
) -> None:
    decision = decide(draft(said(Väntan=12)), [released(totals(43), limits)], limits)
    assert "hjälper inte" in " ".join(decision.refusals)
    for n in (40, 45, 60):
        assert decide(draft(said(Väntan=12)), [released(totals(n), limits)], limits).is_allowed


def test_a_round_that_a_few_more_answered_than_wrote_tells_no_number(limits: Thresholds) -> None:
    before = released(draft(said(Väntan=12)), limits)
    decision = decide_proven(totals(43), [before], [], limits)
    assert decision.is_allowed
    assert "43" not in json.dumps(decision.payload)
    assert decision.payload["respondents"] is None
    assert all(table["n"] is None for table in decision.payload["tables"])
    assert decide_proven(totals(60), [before], [], limits).payload["respondents"] == 60


@pytest.mark.parametrize(
    ("answered", "shown"),
    [
        ({"patient": 22, "next_of_kin": 38}, []),
        ({"patient": 38, "next_of_kin": 22}, []),
        ({"patient": 20, "next_of_kin": 40}, SHOWN),
        ({"patient": 25, "next_of_kin": 35}, SHOWN),
        ({"patient": 30, "next_of_kin": 10, "user": 22}, []),
    ],
)
def test_groups_of_which_a_few_did_not_write_are_not_told_both_ways_in_either_order(
    limits: Thresholds, answered: Mapping[str, int], shown: list[str]
) -> None:
    wrote = themes_by_role(patient=20, next_of_kin=20)
    if len(answered) == 3:
        wrote = themes_by_role(patient=8, next_of_kin=12, user=20)
    round_of = totals(sum(answered.values()), **answered)
    assert shown_by(decide_proven(wrote, [released(round_of, limits)], [], limits)) == shown
    assert shown_by(decide_proven(round_of, [released(wrote, limits)], [], limits)) == shown


def test_groups_put_together_are_held_against_those_that_they_hold(limits: Thresholds) -> None:
    answered = released(totals(62, patient=22, next_of_kin=30, user=10), limits)
    for groups, is_close in (
        ([("patient", "user"), ("next_of_kin",)], True),
        ([("patient",), ("user",)], False),
    ):
        theirs = tuple(ShownGroup(codes=codes, label="") for codes in groups)
        rows = tuple(ShownRow(n=n, counts=None) for n in (30, 12))
        if not is_close:
            rows = tuple(ShownRow(n=n, counts=None) for n in (12, 10))
        grouped = ShownGrouped(key="themes", columns=(), rows=rows)
        shown = ShownBreakdown(
            attribute="role", title="", subject="role", groups=theirs, tables=(grouped,)
        )
        assert are_groups_told(shown, (), [answered], limits) is is_close


def test_themes_are_not_shown_by_what_a_published_question_asked(limits: Thresholds) -> None:
    asked = replace(totals(60), tables=(replace(respect(n=60), key="role"),))
    wrote = themes_by_role(patient=20, next_of_kin=20)
    assert shown_by(decide_proven(wrote, [released(asked, limits)], [], limits)) == []


def test_how_alike_two_coded_is_told_of_shown_themes_alone(limits: Thresholds) -> None:
    found = draft(
        said(Väntan=12, Mat=3, Besked=37), agreement={"t0": "high", "t1": "fair", "t2": "low"}
    )
    assert decide_proven(found, [], [], limits).payload["agreement"] == {"t0": "high"}
    before = released(finding({"m1"}, {"c0"}, 10), limits)
    assert decide_proven(found, [before], [], limits).payload["agreement"] == {}


@pytest.mark.parametrize(
    ("figure", "word"),
    [
        ({"alpha": 0.8, "texts": 30, "coded": [12, 11]}, "high"),
        ({"alpha": 0.7, "texts": 30, "coded": [12, 11]}, "fair"),
        ({"alpha": 0.2, "texts": 30, "coded": [12, 11]}, "low"),
        ({"alpha": 0.8, "texts": 19, "coded": [9, 9]}, ""),
        ({"alpha": 0.8, "texts": 30, "coded": [12, 4]}, ""),
        ({"alpha": 0.8, "texts": 30, "coded": [12, 26]}, ""),
        ({"alpha": 0.8, "texts": 30}, ""),
        ({"alpha": None, "texts": 30, "coded": [12, 11]}, ""),
        (None, ""),
    ],
)
def test_agreement_is_a_word_where_both_coded_enough(
    figure: Mapping[str, object] | None, word: str
) -> None:
    assert agreement_word(figure, 5) == word


def test_the_same_themes_again_with_a_few_more_voices_are_refused(limits: Thresholds) -> None:
    before = released(draft(said(Väntan=12, Besked=20)), limits)
    decision = decide_proven(draft(said(Väntan=14, Besked=20)), [before], [], limits)
    assert not decision.is_allowed or counts(decision)["Väntan"] is None


def test_voices_are_counted_by_what_is_known_of_them() -> None:
    assert attributes_known(said(Väntan=12)) == (Attribute.ROLE,)


def test_hidden_themes_stand_last_and_say_so(limits: Thresholds) -> None:
    decision = decide(draft(said(Mat=3, Väntan=12, Besked=20)), [], limits)
    table = ShownTable.from_json(decision.payload["tables"][0])
    lines = theme_lines(table, {"t0": "high", "t1": "high"})
    assert [line[0] for line in lines] == ["Besked", "Väntan", "Mat"]
    assert lines[1][1:] == ("12", "30 %", "Hög")
    assert lines[2][1:] == ("dolt", "–", "–")
