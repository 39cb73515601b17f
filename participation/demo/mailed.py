"""An anonymous round that is mailed and being answered: most answers rewritten, some waiting."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.demo.apportion import laid_out
from participation.demo.holding import hold_round, mail_links, use_links
from participation.demo.pictures import stairs
from participation.demo.year import Year
from participation.foundation.files import store_file
from participation.foundation.files.rules import PICTURES
from participation.questionnaires.models import AccessToken, Questionnaire, SurveyRound
from participation.questionnaires.queries import (
    content_of,
    questionnaire_by_key,
    versions,
)
from participation.questionnaires.queries.mailing import panel_accounts
from participation.questionnaires.queries.media import ABOUT
from participation.questionnaires.rules.answers import checked_answers
from participation.questionnaires.rules.codes import new_code
from participation.questionnaires.rules.contacts import Contact
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.rules.sealing import response_id
from participation.questionnaires.services import (
    NewResponse,
    publish_version,
    store_responses,
)
from participation.questionnaires.services.authoring import save_question
from participation.questionnaires.services.mailing import (
    add_contacts,
    add_people,
    queue_reminders,
)
from participation.questionnaires.services.rewriting import opening_week, put_in_waiting
from participation.questionnaires.services.storing import response_row, text_rows

KEY = "bank_members"
PICTURED = "step_of_influence"
STAIRS = {
    "sv": "En trappa med fyra steg",
    "en": "A flight of stairs with four steps",
    "ar": "درج من أربع درجات",
    "sv_easy": "En trappa med fyra steg",
}
IN_JANUARY = {
    "sv_easy": "i januari, på sidan Du sa – vi gjorde",
    "en": "in January, on the page You said – we did",
    "ar": "في يناير، في صفحة «قلتم – فعلنا»",
}
PEOPLE_OF_THE_BANK, PEOPLE_OF_THE_LIST = 60, 30
REWRITTEN, WAITING = 38, 12
SHARES: Mapping[str, Mapping[str, float]] = {
    "invited_how_often": {"more": 26, "same": 58, "less": 9, "dont_know": 7},
    "easy_to_say_no": {"fully": 52, "mostly": 28, "a_little": 12, "not_at_all": 5, "dont_know": 3},
    PICTURED: {"informed": 17, "asked": 32, "talked": 28, "decided": 9, "not_yet": 14},
    "told_what_happened": {
        "fully": 21,
        "mostly": 33,
        "a_little": 24,
        "not_at_all": 14,
        "dont_know": 8,
    },
}
TEXTS = (
    "Att mötena ligger efter klockan fyra.",
    "Att få frågorna några dagar innan, så att jag hinner tänka.",
    "En bild på lokalen och vägen dit.",
    "Att kunna vara med hemifrån när jag har en dålig dag.",
    "Att någon ringer dagen före och påminner.",
    "Kortare möten och fler pauser.",
)


def mail_round(year: Year) -> None:
    """Hold it: opened two weeks ago, everybody reminded once, open for two weeks more."""
    opens_on = year.calendar.weeks_back(2)
    with year.calendar.stand_at(opens_on - timedelta(days=4), 13):
        survey_round = _open(year)
        _fill_list(year, survey_round)
    with year.calendar.stand_at(opens_on, 9):
        mail_links(year, survey_round)
    with year.calendar.stand_at(year.calendar.weeks_back(1), 9):
        while queue_reminders(year.session, survey_round, 1):
            pass
    _answer(year, survey_round)


def _open(year: Year) -> SurveyRound:
    asked = questionnaire_by_key(year.session, KEY)
    assert asked is not None
    _show_picture(year, asked)
    version = publish_version(year.session, asked, year.coordinator)
    return hold_round(
        year,
        version,
        wave_label=str(year.calendar.today.year),
        mode=Mode.ANONYMOUS,
        opens_at=year.calendar.at(year.calendar.weeks_back(2), 0),
        closes_at=year.calendar.at(year.calendar.weeks_back(-2), 0),
        series_key=KEY,
        results_on="i januari, på sidan Du sa – vi gjorde",
        results_on_twins=IN_JANUARY,
    )


def _show_picture(year: Year, asked: Questionnaire) -> None:
    shown = store_file(
        year.session,
        year.coordinator,
        about=(ABOUT, asked.public_id),
        name="trappa.png",
        content=stairs(),
        allowed=PICTURES,
    )
    questions = versions(year.session, asked.id)[0].content["questions"]
    question = next(one for one in questions if one["key"] == PICTURED)
    picture = {"file": shown.public_id, "alt": STAIRS}
    save_question(year.session, asked, {**question, "picture": picture}, PICTURED)


def _fill_list(year: Year, survey_round: SurveyRound) -> None:
    people = sorted(panel_accounts(year.session, year.coordinator, ()), key=lambda one: one.id)
    people = people[:PEOPLE_OF_THE_BANK]
    add_people(year.session, year.coordinator, survey_round, people)
    add_contacts(
        year.session,
        year.coordinator,
        survey_round,
        [
            Contact(f"deltagare{number}@example.org", "ar" if number % 10 == 0 else "sv")
            for number in range(1, PEOPLE_OF_THE_LIST + 1)
        ],
    )


def _answer(year: Year, survey_round: SurveyRound) -> None:
    """What was rewritten lies where answers lie; drawing which ones would differ at each load."""
    total = REWRITTEN + WAITING
    chosen = {key: laid_out(total, shares, year.chance) for key, shares in SHARES.items()}
    given = [
        NewResponse(
            answers={key: codes[number] for key, codes in chosen.items()},
            texts=_words(number),
            week=opening_week(survey_round),
        )
        for number in range(total)
    ]
    store_responses(year.session, survey_round, given[WAITING:])
    for one in given[:WAITING]:
        _wait(year.session, survey_round, one)
    _spend(year.session, survey_round, len(given))


def _words(number: int) -> dict[str, str]:
    """Every eighth writes something, as long as there is something to write."""
    place, rest = divmod(number, 8)
    return {"better_bank": TEXTS[place]} if not rest and place < len(TEXTS) else {}


def _wait(session: Session, survey_round: SurveyRound, given: NewResponse) -> None:
    content = content_of(survey_round.version)
    answers = checked_answers(content, given.answers, given.texts)
    receipt = new_code()
    row_id = response_id(receipt)
    row = response_row(
        survey_round, content, answers, row_id, week=given.week, stated=given.answers_for
    )
    texts = text_rows(survey_round, answers, row_id, given.locale)
    put_in_waiting(session, survey_round, receipt, row, texts)


def _spend(session: Session, survey_round: SurveyRound, count: int) -> None:
    """As many links as there are answers; which ones is as random as their hashes."""
    links = session.scalars(
        select(AccessToken.hash)
        .where(AccessToken.round_id == survey_round.id)
        .order_by(AccessToken.hash)
        .limit(count)
    ).all()
    use_links(session, links)
