"""Values that could point to a few people are not shown, and cannot be worked out from the rest."""

import itertools
import random

from participation.indicators.rules.importing import Key
from participation.indicators.rules.withholding import Weighed, withheld

T = Key("suicid", "2024", "0880", "T", "", "")


def is_small(count: int) -> bool:
    return 0 < count < 5


def hidden(people: dict[Key, int | None]) -> set[Key]:
    return withheld({key: Weighed(n, float(n or 0)) for key, n in people.items()}, is_small)


def test_a_value_of_five_people_is_shown_and_one_of_four_is_not() -> None:
    assert hidden({T: 5}) == set()
    assert hidden({T: 4}) == {T}
    assert hidden({T: 0}) == set()
    assert hidden({T: None}) == set()


def test_what_all_and_men_would_tell_about_women_goes_too() -> None:
    women, men = T._replace(sex="K"), T._replace(sex="M")
    assert hidden({T: 23, women: 3, men: 20}) == {women, men}
    assert hidden({women: 3, men: 20}) == {women}


def test_the_smallest_of_the_other_municipalities_goes_with_the_only_hidden_one() -> None:
    county = T._replace(municipality_code="")
    places = {T._replace(municipality_code=f"08{n}"): n for n in (40, 12, 9, 2)}
    assert hidden({county: 63, **places}) == {
        T._replace(municipality_code="082"),
        T._replace(municipality_code="089"),
    }


def test_two_hidden_ones_that_are_few_together_need_a_third() -> None:
    county = T._replace(municipality_code="")
    places = {T._replace(municipality_code=f"08{n}"): n for n in (30, 7, 2, 1)}
    assert len(hidden({county: 40, **places})) == 3


def test_what_one_compares_with_is_somebody_elses_figure() -> None:
    nation = T._replace(municipality_code="", reference_label="Riket")
    assert hidden({nation: 3}) == set()


def test_no_whole_of_any_table_leaves_one_value_or_a_few_people_to_work_out() -> None:
    chance = random.Random(5)
    for _table in range(200):
        places = [f"08{n}" for n in range(chance.randint(2, 6))]
        people: dict[Key, int | None] = {}
        for place, sex in itertools.product(places, "KM"):
            people[T._replace(municipality_code=place, sex=sex)] = chance.randint(0, 12)
        for place in places:
            people[T._replace(municipality_code=place)] = sum(
                people[T._replace(municipality_code=place, sex=sex)] or 0 for sex in "KM"
            )
        for sex in "KMT":
            people[T._replace(municipality_code="", sex=sex)] = sum(
                people[T._replace(municipality_code=place, sex=sex)] or 0 for place in places
            )
        gone = hidden(people)
        for whole in people.keys() - gone:
            for name, of_all in (("sex", "T"), ("municipality_code", "")):
                if getattr(whole, name) != of_all:
                    continue
                parts = [
                    k
                    for k in people
                    if getattr(k, name) != of_all and k._replace(**{name: of_all}) == whole
                ]
                left = [people[k] or 0 for k in parts if k in gone]
                is_all = len(left) == len(parts)
                assert not left or is_all or (len(left) > 1 and not is_small(sum(left)))
