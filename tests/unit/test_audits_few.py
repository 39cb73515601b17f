"""What tells of so few people that somebody could be recognised is pointed at."""

import pytest

from participation.audits.rules.few import few_people


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fyra av sex säger det.", ["Fyra av sex"]),
        ("Det säger 5 av 6.", ["5 av 6"]),  # the sixth is told of, too
        ("Två i personalen och ett barn.", ["Två i personalen", "ett barn"]),
        ("Sju av fjorton, tolv boende och en av fördelarna.", []),
        ("Tolv av tolv tycker om maten.", []),
        ("Två av de sex boende. En av de intervjuade.", ["Två av de sex", "En av de intervjuade"]),
        ("En kvinna, tre deltagare. Alla utom en.", ["En kvinna", "tre deltagare", "Alla utom en"]),
        ("Tre boende säger det. Tre boende sade det förra året.", ["Tre boende"]),
    ],
)
def test_few_people_are_pointed_at_and_many_are_not(text: str, found: list[str]) -> None:
    assert few_people(text, 5) == found
