"""A round with names: contact persons say what they need, so that a coordinator can call them."""

from datetime import timedelta

from sqlalchemy import select

from participation.demo.cast import CONTACT_OF_MUNICIPALITY, CONTACT_OF_REGION
from participation.demo.holding import hold_round, mail_links, use_links, version_to_ask
from participation.demo.year import Year
from participation.questionnaires.models import RoundContact, SurveyRound
from participation.questionnaires.rules.contacts import Contact
from participation.questionnaires.rules.rounds import Mode, week_number
from participation.questionnaires.services import NewResponse, store_responses
from participation.questionnaires.services.mailing import add_contacts

KEY = "contact_persons"
WITHOUT_ANSWER = 3
# Who, whether they know how to make a request, whether they want a visit, what they wrote.
ANSWERS = (
    (CONTACT_OF_REGION, "mostly", "yes", "Hur vi betalar resan för dem som kommer."),
    (CONTACT_OF_MUNICIPALITY, "a_little", "yes", "Ett exempel på en bra fråga till gruppen."),
    ("Ulla Provåker", "not_at_all", "yes", "Att få med chefen. Kan ni komma till oss?"),
    ("Nils Exempelö", "fully", "no", ""),
    ("Samira Testlund", "mostly", "dont_know", "Hur man frågar unga utan att det blir skola."),
    ("Per Låtsvik", "a_little", "yes", ""),
    ("Karin Modellberg", "fully", "no", "Inget just nu, det fungerar bra."),
)


def ask_contact_persons(year: Year) -> None:
    """Open for ten days: everybody on the list was mailed, and most have answered."""
    opens_on = year.calendar.today - timedelta(days=10)
    with year.calendar.stand_at(opens_on - timedelta(days=1), 10):
        survey_round = _open(year)
        _fill_list(year, survey_round)
    with year.calendar.stand_at(opens_on, 8):
        mail_links(year, survey_round)
    store_responses(
        year.session,
        survey_round,
        [
            NewResponse(
                answers={"know_how": knows, "wants_visit": visit},
                texts={"needs_most": words} if words else {},
                week=week_number(opens_on),
                name=name,
                account_id=year.accounts[name].id if name in year.accounts else None,
            )
            for name, knows, visit, words in ANSWERS
        ],
        new_id=lambda: year.chance.randbytes(16),
    )
    _spend(year, survey_round)


def _spend(year: Year, survey_round: SurveyRound) -> None:
    """As many links as there are answers; a reminder would go to the others."""
    used = year.session.scalars(
        select(RoundContact.link_hash)
        .where(RoundContact.round_id == survey_round.id)
        .order_by(RoundContact.id)
        .limit(len(ANSWERS))
    ).all()
    use_links(year.session, used)


def _open(year: Year) -> SurveyRound:
    return hold_round(
        year,
        version_to_ask(year, KEY),
        wave_label=str(year.calendar.today.year),
        mode=Mode.NAMED,
        subject=_subject(year),
        opens_at=year.calendar.at(year.calendar.today - timedelta(days=10), 0),
        closes_at=year.calendar.at(year.calendar.weeks_back(-2), 0),
    )


def _subject(year: Year) -> tuple[str, str]:
    """The latest training day, say: the activity held last."""
    held = [one for one in year.activities.values() if one.attendance_closed_at is not None]
    last = max(held, key=lambda one: (one.starts_at, one.id))
    return "activity", last.public_id


def _fill_list(year: Year, survey_round: SurveyRound) -> None:
    contacts = [
        Contact(f"kontaktperson{number}@example.org", "sv")
        for number in range(1, len(ANSWERS) + WITHOUT_ANSWER + 1)
    ]
    add_contacts(year.session, year.coordinator, survey_round, contacts)
