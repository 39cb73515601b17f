"""The finder's dictionary, what stands beside names, and the time it takes. Names are invented."""

import re
import time

import pytest

from participation.foundation.deidentification import Certainty, Span, SpanKind, find_spans
from participation.foundation.deidentification.dictionary import (
    is_compound,
    is_listed,
    is_place,
    is_swedish,
)
from participation.foundation.deidentification.lists import family_name, is_ordinary
from participation.foundation.deidentification.spans import without_overlaps
from tools.word_list import endings, forms, places, without_compounds


def highlighted(text: str) -> dict[str, Certainty]:
    return {text[s.start : s.end]: s.certainty for s in find_spans(text) if s.kind is SpanKind.NAME}


@pytest.mark.parametrize("word", ["hemtjänsten", "hemtjänstgruppens", "väntade", "kvist"])
def test_the_dictionary_knows_words_in_every_form_and_words_made_of_two(word: str) -> None:
    assert is_swedish(word)


def test_the_dictionary_knows_no_names_from_elsewhere_and_knows_towns() -> None:
    assert not is_swedish("gerremovic")
    assert is_place("oxelösunds")
    assert not is_place("lisa")


def test_two_words_put_together_are_a_word_though_no_list_holds_them() -> None:
    assert not is_listed("gungstolskatalog")
    assert is_compound("gungstolskatalog")


def test_what_is_made_of_two_words_and_ends_as_a_family_name_may_be_one() -> None:
    assert is_ordinary("gungstolskatalog")
    assert not is_ordinary("stolgren")


def test_a_daughters_name_is_a_family_name_and_a_relative_is_not() -> None:
    assert family_name("Viljarsdotter") == "viljarsdotter"
    assert family_name("systersdotter") is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("jag pratade med elin kvist om tiden", "kvist"),  # a word, after a name
        ("hans demolund är läkare här", "hans"),  # "his", before a family name
        ("Margrethe II kom på besök", "II"),
        ("Juan de la Gerremo kom", "de"),
        ("vi träffade van gerremo sedan", "van"),
        ("sen kom sten tollgerrem hit", "sten"),
        ("Det är så, säger Ask.", "Ask"),
        ("det är så, säger ask", "ask"),
        ("Se A. I. Gerremov om saken", "I"),  # initials
        ("det skrev c g gerremo", "c"),
        ("Gerremov lovade att ringa.", "Gerremov"),  # at the start, and no word
        ("jag har mailat gerremo om tiden", "gerremo"),  # no word of any list
        ("Det kom efter Milan och jag.", "Milan"),  # a place too
        ("min son milan är bra", "milan"),
    ],
)
def test_what_may_be_a_name_is_highlighted_and_not_ticked(text: str, word: str) -> None:
    assert highlighted(text)[word] is Certainty.POSSIBLE


def test_a_name_with_an_arabic_article_is_found_whole() -> None:
    assert highlighted("Waleed al-Gerrem skrev") == {"Waleed al-Gerrem": Certainty.SURE}


@pytest.mark.parametrize(
    "text",
    [
        "det var hans bok som var borta",
        "min systersdotter kom sent",
        "vi fick en mätvecka med olycksplatser och halkvarningar",
        "Gungstolskatalogen kom sent.",
        "de bor i gerremo nu",  # a place, more likely
        "Vi höll oss inom husets ram, säger Du.",
    ],
)
def test_words_of_the_dictionary_are_left_alone(text: str) -> None:
    assert highlighted(text) == {}


def test_verbs_and_schools_after_a_name_do_not_belong_to_it() -> None:
    assert set(highlighted("då kom anna promenerande och anna promenerade")) == {"anna"}
    assert set(highlighted("Maria Exempelskola är bra")) == {"Maria"}


def test_of_two_finds_in_one_place_the_surer_and_then_the_longer_stays() -> None:
    def span(start: int, end: int, certainty: Certainty) -> Span:
        return Span(start=start, end=end, kind=SpanKind.NAME, certainty=certainty)

    sure, long = span(5, 7, Certainty.SURE), span(10, 20, Certainty.LIKELY)
    beside = [span(0, 6, Certainty.LIKELY), span(12, 15, Certainty.LIKELY)]
    assert without_overlaps([*beside, long, sure]) == [sure, long]


def test_time_grows_with_the_text_and_not_faster() -> None:
    text = "Elin Kvist pratade med gerremov om mätveckan på 070-174 06 58. " * 80
    find_spans(text)

    def took(times: int) -> float:
        began = time.process_time()
        find_spans(text * times)
        return time.process_time() - began

    assert took(8) < 24 * max(took(1), 0.01)


def test_one_word_of_a_million_letters_takes_no_time() -> None:
    began = time.process_time()
    assert find_spans("ab" * 500_000) == []
    assert time.process_time() - began < 2


DICTIONARY = ["4", "bok/A", "hylla/B", "bokhylla/B", "Ekeby/C", "Ekebybo", "osynlig/A!", "x", ""]
RULES = ["SFX A N 1", "SFX A 0 en .", "SFX B Y 1", "SFX B a or a", "SFX C 0 s [^s]"]


def test_a_word_list_is_made_of_every_form_without_compounds_and_genitives() -> None:
    every = forms(DICTIONARY, endings(RULES))
    assert {"bok", "boken", "hyllor", "bokhyllor", "Ekebys"} <= every
    assert not any(re.match("osynlig", word) for word in every)
    small = {word for word in every if word.islower()} | {"boks", "kokbok"}
    assert without_compounds(small) == {"bok", "boken", "hylla", "hyllor", "kokbok"} | {
        word for word in small if word.startswith("bokhyll")
    }


def test_a_place_is_where_somebody_lives() -> None:
    assert places({"Ekeby", "Ekebys", "Ekebybo", "Elin", "Alfax", "Alfaxbor"}) == {"ekeby", "alfax"}
