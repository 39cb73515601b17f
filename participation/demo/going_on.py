"""The children's round with its tablet and papers, a form from elsewhere, a shared question."""

from collections.abc import Mapping
from itertools import cycle

from participation.accounts.models import Account
from participation.demo.apportion import laid_out
from participation.demo.holding import hold_round, version_to_ask
from participation.demo.year import Year
from participation.foundation.tabular import xlsx_bytes
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import (
    content_of,
    questionnaire_by_key,
    versions,
)
from participation.questionnaires.rules.answers import checked_answers
from participation.questionnaires.rules.paper import Entry
from participation.questionnaires.rules.rounds import LinkKind, week_number
from participation.questionnaires.services import NewResponse, store_responses
from participation.questionnaires.services.importing import receive_form
from participation.questionnaires.services.links import make_open_links
from participation.questionnaires.services.paper import issue_typed_codes, keep_entry
from participation.questionnaires.services.sharing import share_question

CHILDREN = "yearly_children"
WAITING_ROOM = "Habiliteringen Mönsterexemplet"
ANSWERS, PAPERS = 23, 6
ONE_IN = 3  # answers on the tablet
FREQUENCIES: Mapping[str, float] = {"always": 17, "often": 35, "sometimes": 30, "seldom": 18}
SHARES: Mapping[str, Mapping[str, float]] = {
    "age_group": {"7-9": 13, "10-12": 30, "13-15": 39, "16-17": 18},
    "listened_to": FREQUENCIES,
    "kind": {"always": 48, "often": 35, "sometimes": 17},
    "understand": FREQUENCIES,
    "safe": {"always": 39, "often": 35, "sometimes": 17, "seldom": 9},
    "repeat_story": {"always": 22, "often": 30, "sometimes": 30, "seldom": 18},
    "take_part_in_decisions": FREQUENCIES,
    "told_why": {"yes": 57, "no": 26, "dont_know": 17},
    "knows_contact": {"yes": 52, "no": 31, "dont_know": 17},
    "better_now": {"much": 22, "a_little": 43, "same": 26, "worse": 4, "dont_know": 5},
}
TEXTS = (
    "Att jag vill vara med när ni pratar om mig.",
    "Fråga mig först och mamma sen.",
    "Det är bra när man får rita.",
    "Jag vill veta varför jag ska dit.",
)
ON_PAPER = (
    {"age_group": "7-9", "repeat_story": "often", "told_why": "no"},
    {"age_group": "10-12", "repeat_story": "sometimes", "told_why": "yes"},
)
SURVEY = ("type", "name", "label::Svenska (sv)", "label::English (en)", "relevant", "appearance")
FORM = (
    ("select_one nojd", "bemotande", "Hur blev du bemött?", "How were you met?", "", ""),
    ("select_one ja_nej", "hjalp", "Fick du den hjälp du behövde?", "Did you get help?", "", ""),
    ("text", "saknade", "Vad saknade du?", "What was missing?", "${hjalp} = 'nej'", "multiline"),
    ("deviceid", "enhet", "", "", "", ""),
)
CHOICES = (
    ("nojd", "bra", "Bra", "Well"),
    ("nojd", "ganska_bra", "Ganska bra", "Rather well"),
    ("nojd", "daligt", "Dåligt", "Badly"),
    ("ja_nej", "ja", "Ja", "Yes"),
    ("ja_nej", "nej", "Nej", "No"),
)


def ask_children(year: Year) -> None:
    """Open for a week: a poster, a tablet in a waiting room, six papers of which one came back."""
    opens_on = year.calendar.weeks_back(1)
    with year.calendar.stand_at(opens_on, 8):
        survey_round = _open(year)
        waiting_room = year.units[WAITING_ROOM].id
        for kind in LinkKind:
            make_open_links(year.session, year.coordinator, survey_round, [waiting_room], kind)
    before = week_number(opens_on)
    weeks = cycle((before, before, week_number(year.calendar.today)))
    chosen = {key: laid_out(ANSWERS, shares, year.chance) for key, shares in SHARES.items()}
    store_responses(
        year.session,
        survey_round,
        [
            NewResponse(
                answers={key: codes[number] for key, codes in chosen.items()},
                texts={"adults_should_know": TEXTS[number]} if number < len(TEXTS) else {},
                week=next(weeks),
                unit_id=None if number % ONE_IN else waiting_room,
            )
            for number in range(ANSWERS)
        ],
    )
    with year.calendar.stand_at(year.calendar.today, 8):
        _type_papers(year, survey_round)


def _open(year: Year) -> SurveyRound:
    return hold_round(
        year,
        version_to_ask(year, CHILDREN),
        wave_label=str(year.calendar.today.year),
        opens_at=year.calendar.at(year.calendar.weeks_back(1), 0),
        closes_at=year.calendar.at(year.calendar.weeks_back(-3), 0),
        series_key=CHILDREN,
        area_id=year.area_id(year.texts.questionnaires["places"][CHILDREN]["area"]),
        results_on="i februari, på sidan Du sa – vi gjorde",
        results_on_twins={"en": "in February, on the page You said – we did"},
    )


def _type_papers(year: Year, survey_round: SurveyRound) -> None:
    """One typed by two people and stored, one typed once."""
    codes = issue_typed_codes(year.session, year.coordinator, survey_round, PAPERS)
    ebba, ove = (year.accounts[name] for name in ("Ebba Demolund", "Ove Provling"))
    for typist, place in ((ebba, 0), (ove, 0), (ebba, 1)):
        keep_entry(year.session, survey_round, codes[place], _entry(survey_round, typist, place))


def _entry(survey_round: SurveyRound, typist: Account, place: int) -> Entry:
    answers = checked_answers(content_of(survey_round.version), ON_PAPER[place], {})
    return Entry(answers, answers_for="self", locale="sv", typed_by=typist.id)


def bring_in(year: Year) -> None:
    """A form of a municipality waits for a yes, and a question of the county is in the library."""
    with year.calendar.stand_at(year.calendar.today, 8):
        book = xlsx_bytes(
            [("survey", SURVEY, FORM), ("choices", ("list_name", "name", *SURVEY[2:4]), CHOICES)]
        )
        receive_form(year.session, "Exempelkommunens besöksenkät.xlsx", book)
        asked = questionnaire_by_key(year.session, "bank_members")
        assert asked is not None
        questions = versions(year.session, asked.id)[0].content["questions"]
        shared = next(one for one in questions if one["key"] == "told_what_happened")
        share_question(
            year.session,
            year.coordinator,
            asked,
            shared,
            area="participation",
            licence="county",
            source="Intressebankens enkät (påhittad)",
            owner="Exempelregionen",
        )
