"""Two looks at an anonymous round never differ by a few."""

import pytest

from participation.results.rules.looking import tells_of_few


@pytest.mark.parametrize(
    ("answers", "last_shown", "tells"),
    [(40, None, False), (40, 40, False), (39, 40, True), (44, 40, True), (35, 40, False)],
)
def test_a_second_look_waits_until_nobody_stands_out(
    answers: int, last_shown: int | None, tells: bool
) -> None:
    assert tells_of_few(answers, last_shown, 5) is tells
