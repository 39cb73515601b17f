"""Charts: where their parts stand, and what a picture file says to whom."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from participation.foundation.chart_files import chart_svg
from participation.foundation.charts import (
    StackedChart,
    StackedRow,
    TrendChart,
    TrendPoint,
    bar_parts,
    dots,
    named_places,
    scale,
    shades,
    small_trend,
    stretches,
)
from participation.foundation.i18n import use_locale

BARS = StackedChart(
    title="Närstående <får> börja om",
    subtitle="Procent av svaren",
    steps=("Ofta", "Sällan", "Vet inte"),
    kinds=("", "", "unsure"),
    rows=(
        StackedRow("Alla", "412 svar", (60, 33, 7)),
        StackedRow("Ombud", "23 svar", (60, None, None)),
    ),
)
LINE = TrendChart(
    title="Fler får en plan",
    subtitle="Per 10 000 invånare",
    points=(
        TrendPoint("2022", 26.5),
        TrendPoint("2023", 18, broken="Nytt sätt att räkna"),
        TrendPoint("2024", 20),
        TrendPoint("2025", 23, is_preliminary=True),
    ),
    target=30,
)


def svg(chart: StackedChart | TrendChart) -> str:
    with use_locale("sv"):
        return chart_svg(chart, source="Källa: publicering 12")


def named(text: str, css: str) -> list[ET.Element]:
    return [one for one in ET.fromstring(text).iter() if css in (one.get("class") or "").split()]


def test_what_is_no_step_of_the_scale_takes_no_shade() -> None:
    assert shades(["", "", "unsure", "mixed"]) == ["s2", "s4", "s6", "s7"]


def test_six_answers_share_the_lightest_shade_rather_than_run_out() -> None:
    assert shades([""] * 6) == ["s1", "s2", "s3", "s4", "s5", "s5"]


def test_hidden_shares_are_one_piece_without_a_number() -> None:
    last = bar_parts([50, None, None])[-1]
    assert (last.x, last.width, last.share, last.is_numbered) == (50.0, 50.0, None, False)


def test_a_bar_whose_shares_are_all_hidden_is_one_piece() -> None:
    assert [(part.x, part.width) for part in bar_parts([None, None])] == [(0.0, 100.0)]


def test_a_scale_of_large_numbers_has_few_lines() -> None:
    assert scale([118_000, 97_000]).lines == (0.0, 50_000.0, 100_000.0, 150_000.0)


def test_a_scale_reaches_below_zero_only_where_values_do() -> None:
    assert scale([-3, 4]).lines[0] == -4.0
    assert scale([3, 4]).low == 0.0


def test_a_scale_of_nothing_but_zeros_can_be_drawn() -> None:
    assert scale([0, 0, None]).share(0) == 0.0


def test_the_scale_holds_the_target() -> None:
    assert scale([5], target=90).high >= 90


def test_a_line_crosses_no_break_and_no_missing_value() -> None:
    gap = replace(LINE, points=(*LINE.points, TrendPoint("2026", None), TrendPoint("2027", 24)))
    assert [(one.start, one.end) for one in stretches(gap.points)] == [(1, 2), (2, 3)]


def test_the_line_to_a_preliminary_value_is_dashed() -> None:
    assert [one.is_dashed for one in stretches(LINE.points)] == [False, True]


def test_of_forty_quarters_a_few_are_named_and_the_newest_always() -> None:
    quarters = [f"{2015 + place // 4}-Q{place % 4 + 1}" for place in range(40)]
    always, wide = named_places(quarters)
    assert len(always) <= 3
    assert len(wide) <= 6
    assert 39 in always
    assert always <= wide


def test_a_long_line_tells_the_ends_of_each_stretch_away_from_the_break() -> None:
    points = tuple(
        TrendPoint(str(2000 + year), year, broken="Nytt" if year == 10 else "")
        for year in range(20)
    )
    told = {
        dot.point.label: dot.number
        for dot in dots(TrendChart(title="x", points=points))
        if dot.number
    }
    assert told == {"2000": "mid", "2009": "end", "2010": "start", "2019": "mid"}


def test_a_small_line_breaks_where_the_long_one_does_and_ends_in_a_dot() -> None:
    small = small_trend(LINE)
    assert small.line.count("M") == 1
    assert small.dashed.count("M") == 1
    assert len(small.breaks) == 1
    assert small.newest is not None
    assert small.newest[2] is True
    assert small.target is not None


def test_a_small_line_of_nothing_is_nothing() -> None:
    small = small_trend(TrendChart(title="x", points=(TrendPoint("2024", None),)))
    assert (small.line, small.dashed, small.newest, small.last_told) == ("", "", None, None)


def test_a_file_is_a_picture_with_title_description_and_its_own_styles() -> None:
    root = ET.fromstring(svg(BARS))
    assert root.get("viewBox") == "0 0 1600 900"
    assert root.get("role") == "img"
    said = {one.tag.rpartition("}")[2]: one.text or "" for one in root}
    assert said["title"] == "Närstående <får> börja om"
    assert "Ombud: Ofta 60, Sällan dolt, Vet inte dolt." in said["desc"]
    assert ".s1{" in said["style"]
    assert "http" not in said["style"]


def test_every_row_of_a_file_tells_how_many_answered() -> None:
    text = svg(BARS)
    assert "412 svar" in text
    assert "23 svar" in text


def test_a_file_never_draws_a_hidden_share() -> None:
    drawn = named(svg(replace(BARS, rows=(BARS.rows[1],))), "mid")
    assert [one.text for one in drawn] == ["60"]


def test_the_target_and_the_break_are_told_in_words_not_by_colour() -> None:
    text = svg(LINE)
    assert "Målvärde: 30" in text
    assert "Nytt sätt att räkna" in text
    assert "Jämför inte över den lodräta linjen." in text
    assert len(named(text, "dot-2")) == 1
    assert len(named(text, "dash")) == 1


def test_numbers_stand_as_the_language_writes_them() -> None:
    assert "26,5" in svg(LINE)


def test_many_rows_make_the_picture_higher_not_the_words_smaller() -> None:
    rows = tuple(StackedRow(f"Kommun {n}", "40 svar", (60, 33, 7)) for n in range(30))
    root = ET.fromstring(svg(replace(BARS, rows=rows)))
    assert int(root.get("height") or 0) > 900


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert svg(LINE) == svg(LINE)
