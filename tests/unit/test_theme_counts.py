"""How many wrote about each theme, beside findings over the same texts and totals of the round."""

from collections.abc import Mapping
from dataclasses import replace

from participation.coding.queries.voices import ThemeSaid, WhoSaidWhat
from participation.disclosure.rules.attack import decide_proven
from participation.disclosure.rules.breakdowns import ShownBreakdown
from participation.disclosure.rules.drafts import (
    Decision,
    EarlierRelease,
    ReleaseDraft,
    ReleaseKind,
    VoiceCount,
)
from participation.disclosure.rules.gate import decide
from participation.disclosure.rules.tables import ShownTable, Thresholds
from participation.questionnaires.rules.grouping import Attribute
from participation.results.rules.theme_counts import attributes_known, theme_table, voice_counts
from participation.results.rules.theme_pages import theme_lines

LIMITS = Thresholds()
ROUND = ("round", "round2026bcd")


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


def released(one: ReleaseDraft) -> EarlierRelease:
    payload = decide(one, [], LIMITS).payload
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


def test_what_a_few_wrote_about_and_what_all_but_a_few_did_is_hidden() -> None:
    decision = decide(draft(said(Väntan=12, Mat=3, Besked=37, Allt=40)), [], LIMITS)
    shown = counts(decision)
    assert shown["Väntan"] == 12
    assert shown["Mat"] is None
    assert shown["Besked"] is None
    assert [one["count"] for one in decision.payload["voice_counts"]][1] is None


def test_a_theme_beside_a_finding_with_nearly_the_same_voices_is_hidden() -> None:
    before = released(finding({"m1"}, {"c0"}, 10))
    decision = decide(draft(said(Väntan=12, Besked=20)), [before], LIMITS)
    assert counts(decision) == {"Väntan": None, "Besked": 20}
    assert "Väntan" in " ".join(decision.adjustments)


def test_a_later_finding_is_held_against_the_themes() -> None:
    before = released(draft(said(Väntan=12, Besked=20)))
    nearly = decide(finding({"m1"}, {"c0", "c9"}, 14), [before], LIMITS)
    assert nearly.payload["voices"]["count"] is None
    further = decide(finding({"m1"}, {"c0", "c9"}, 18), [before], LIMITS)
    assert further.payload["voices"]["count"] == 18


def test_themes_beside_a_finding_over_some_of_the_texts_are_refused() -> None:
    before = released(finding({"m1", "m2"}, {"c0"}, 30, n=90))
    assert not decide(draft(said(Väntan=12)), [before], LIMITS).is_allowed


def test_themes_beside_a_round_that_a_few_more_answered_are_refused() -> None:
    totals = replace(
        draft(said(Väntan=12)),
        kind=ReleaseKind.ROUND_TOTALS,
        source_kind="round",
        voice_counts={},
        respondents=43,
        tables=(replace(theme_table(said(Väntan=12)), key="respect"),),
    )
    before = replace(released(totals), respondents=43)
    assert not decide(draft(said(Väntan=12)), [before], LIMITS).is_allowed
    assert decide(draft(said(Väntan=12)), [replace(before, respondents=60)], LIMITS).is_allowed


def test_the_same_themes_again_with_a_few_more_voices_are_refused() -> None:
    before = released(draft(said(Väntan=12, Besked=20)))
    decision = decide_proven(draft(said(Väntan=14, Besked=20)), [before], [], LIMITS)
    assert not decision.is_allowed or counts(decision)["Väntan"] is None


def test_voices_are_counted_by_what_is_known_of_them() -> None:
    assert attributes_known(said(Väntan=12)) == (Attribute.ROLE,)


def test_hidden_themes_stand_last_and_say_so() -> None:
    decision = decide(draft(said(Mat=3, Väntan=12, Besked=20)), [], LIMITS)
    table = ShownTable.from_json(decision.payload["tables"][0])
    lines = theme_lines(table, {"t1": {"alpha": 0.81, "low": 0.7, "high": 0.9}})
    assert [line[0] for line in lines] == ["Besked", "Väntan", "Mat"]
    assert lines[1][1:] == ("12", "30 %", "0,81 (0,7–0,9)")
    assert lines[2][1:3] == ("dolt", "–")
