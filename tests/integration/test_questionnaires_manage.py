"""The coordinators' room: writing, publishing, rounds, and who may not see it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from participation.coding.models import MaterialText
from participation.county.models import CooperationAgreement
from participation.foundation.clock import now, today
from participation.foundation.permissions import SYSTEM, Role
from participation.questionnaires.feature import (
    AnswersGiven,
    OpenToAnswer,
    QuestionnairesFound,
    YearlyFollowUp,
)
from participation.questionnaires.jobs import CloseDueRounds
from participation.questionnaires.models import (
    Questionnaire,
    QuestionnaireVersion,
    ResponseText,
    SurveyRound,
)
from participation.questionnaires.queries import content_of, versions
from participation.questionnaires.rules.rounds import RespondentRole, RoundState
from participation.questionnaires.rules.sealing import response_id
from participation.questionnaires.services import (
    NewResponse,
    close_round,
    create_questionnaire,
    import_questionnaire,
    store_responses,
)
from tests.conftest import SignIn
from tests.factories.questionnaires import make_round, questionnaire_data
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


@pytest.fixture
def statements(engine: Any) -> Any:

    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def written(session: Session) -> Questionnaire:
    found = session.scalars(select(Questionnaire)).one()
    session.commit()  # lets go of the database and keeps the values
    return found


def newest(session: Session, found: Questionnaire) -> QuestionnaireVersion:
    version = versions(session, found.id)[0]
    session.refresh(version)
    session.commit()
    return version


def test_a_coordinator_writes_tries_publishes_and_opens_a_round(
    as_coordinator: CheckingClient, session: Session
) -> None:
    client = as_coordinator
    assert "Inga omgångar än" in client.page("/questionnaires")
    client.submit("/questionnaires/new", {"title": "Mötet i dag", "audience": ["patient"]})
    found = written(session)
    here = f"/questionnaires/{found.public_id}"
    assert "Inga frågor än" in client.page(here)
    question = {"kind": "single", "text": "Blev du hörd?", "options": "Ja | Yes\nNej | No"}
    client.submit(f"{here}/questions/new", {**question, "offers_dont_know": "y"})
    client.submit(f"{here}/questions/new", {"kind": "long_text", "text": "Vad saknades?"})
    content = newest(session, found).content
    assert [q["key"] for q in content["questions"]] == ["blev_du_hord", "vad_saknades"]
    codes = [option["code"] for option in content["questions"][0]["options"]]
    assert codes == ["ja", "nej", "dont_know"]
    client.submit(f"{here}/questions/vad_saknades/move", {"to": "up"})
    assert newest(session, found).content["questions"][0]["key"] == "vad_saknades"
    assert "Inget du fyller i här sparas" in client.page(f"{here}/preview?screen=blev_du_hord")
    client.submit(f"{here}/publish")
    assert newest(session, found).is_published
    last_day = today() + timedelta(days=7)
    round_data = {
        "wave_label": "2026",
        "opens_on": str(today()),
        "closes_on": str(last_day),
        "mode": "confidential",
        "audience": ["patient"],
        "slug": "motet",
    }
    open_to_all = client.submit(f"{here}/rounds/new", {**round_data, "mode": "named"})
    assert "eller ta bort den korta adressen" in open_to_all.text
    made = client.submit(f"{here}/rounds/new", round_data)
    assert "färre än 5 svar" in client.page(made.headers["Location"])
    picture = client.get(made.headers["Location"] + "/qr.svg")
    assert picture.mimetype == "image/svg+xml"
    assert "Blev du hörd?" not in client.page("/q/motet")
    assert "Mötet i dag" in client.page("/q/motet")
    taken = client.submit(f"{here}/rounds/new", round_data)
    assert "upptagen" in taken.text


def test_changing_a_published_version_begins_a_new_draft(
    as_coordinator: CheckingClient, session: Session
) -> None:
    found = import_questionnaire(session, questionnaire_data())
    session.commit()
    here = f"/questionnaires/{found.public_id}"
    as_coordinator.submit(f"{here}/questions/visits/remove")
    known = versions(session, found.id)
    assert [(one.number, one.is_published) for one in known] == [(2, False), (1, True)]
    assert "visits" in content_of(known[1]).asked
    assert "visits" not in content_of(known[0]).asked


def test_editing_a_question_keeps_what_the_form_does_not_show(
    as_coordinator: CheckingClient, session: Session
) -> None:
    found = import_questionnaire(session, questionnaire_data())
    session.commit()
    here = f"/questionnaires/{found.public_id}"
    form = {"kind": "single", "text": "Vem svarar?", "options": "Patient\nNärstående"}
    as_coordinator.submit(f"{here}/questions/role", {**form, "required": "y", "tells_role": "y"})
    content = content_of(newest(session, found))
    question = content.asked["role"]
    assert question.sets_respondent_role
    assert [o.respondent_role for o in question.options] == ["patient", "next_of_kin"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": ""}, "Skriv frågan."),
        ({"text": "x" * 600}, "för långt"),
        ({"options": "Bara ett"}, "minst två svarsalternativ"),
        ({"when": "rule", "relevant": "${finns_inte} = 'x'"}, "kommer senare"),
        ({"when": "rule", "relevant": "import os"}, "går inte att läsa"),
        ({"kind": "banana"}, "Välj ett av alternativen"),
    ],
)
def test_a_question_that_does_not_hold_together_is_told_at_the_field_and_kept(
    as_coordinator: CheckingClient, session: Session, change: dict[str, str], message: str
) -> None:
    found = import_questionnaire(session, questionnaire_data())
    session.commit()
    typed = {"kind": "single", "text": "Hur går det? <b>", "options": "Bra\nDåligt", **change}
    page = as_coordinator.submit(f"/questionnaires/{found.public_id}/questions/new", typed)
    assert page.status_code == 200
    assert message in page.text
    assert len(versions(session, found.id)) == 1


def test_a_coordinator_opens_an_anonymous_round(
    as_coordinator: CheckingClient, session: Session
) -> None:
    found = import_questionnaire(session, questionnaire_data())
    session.commit()
    as_coordinator.submit(
        f"/questionnaires/{found.public_id}/rounds/new",
        {
            "wave_label": "2026",
            "opens_on": "2026-12-01",
            "closes_on": "2026-12-02",
            "mode": "anonymous",
            "audience": ["patient"],
        },
    )
    made = session.scalars(select(SurveyRound)).one()
    assert made.mode == "anonymous"
    assert "Anonym" in as_coordinator.page(f"/questionnaires/rounds/{made.public_id}")


def test_a_coordinator_closes_a_round_and_it_cannot_be_closed_twice(
    as_coordinator: CheckingClient, session: Session
) -> None:
    made = make_round(session)
    store_responses(session, made, [NewResponse(answers={"role": "me"})] * 7)
    session.commit()
    here = f"/questionnaires/rounds/{made.public_id}"
    assert "7 svar" in as_coordinator.page(here)
    as_coordinator.page(f"{here}/close")
    as_coordinator.submit(f"{here}/close")
    assert "Omgången är stängd" in as_coordinator.page(here)
    assert as_coordinator.submit(f"{here}/close").status_code == 409


def test_a_receipt_takes_its_answer_back_out_of_coding_too(
    as_coordinator: CheckingClient, session: Session
) -> None:
    made = make_round(session)
    texts = {"difference": "Att någon ringde."}
    mine = NewResponse(answers={"role": "me"}, texts=texts)
    store_responses(session, made, [mine], new_id=lambda: response_id("K7QF2MZD09XAR1T4"))
    store_responses(session, made, [mine])
    close_round(session, made, SYSTEM)
    session.commit()
    here = f"/questionnaires/rounds/{made.public_id}"
    wrong = as_coordinator.submit(f"{here}/withdraw", {"receipt": "AAAA-AAAA-AAAA-AAAA"})
    assert "Inget svar i omgången" in wrong.text
    as_coordinator.submit(f"{here}/withdraw", {"receipt": "k7qf-2mzd-09xa-r1t4"})
    assert "färre än 5 svar" in as_coordinator.page(here)
    session.refresh(made)
    assert made.response_count == 1
    assert len(session.scalars(select(MaterialText)).all()) == 1
    assert len(session.scalars(select(ResponseText)).all()) == 1


def test_only_coordinators_see_questionnaires_and_rounds(
    as_outsider: CheckingClient,
    as_contact_person: CheckingClient,
    as_resident: CheckingClient,
    client: CheckingClient,
    session: Session,
) -> None:
    made = make_round(session)
    session.commit()
    for person in (as_outsider, as_contact_person, as_resident):
        for address in ("/questionnaires", f"/questionnaires/rounds/{made.public_id}"):
            assert person.get(address).status_code == 403
    assert client.get("/questionnaires").status_code == 303


def test_the_list_needs_as_many_questions_for_many_rounds_as_for_few(
    as_coordinator: CheckingClient, session: Session, statements: list[str]
) -> None:
    make_round(session)
    session.commit()
    as_coordinator.get("/questionnaires")  # warm caches
    statements.clear()
    as_coordinator.get("/questionnaires")
    few = len(statements)
    for number in range(20):
        make_round(session, slug=f"stod-{number}", wave_label=str(number))
    session.commit()
    statements.clear()
    as_coordinator.get("/questionnaires")
    assert len(statements) == few


def test_rounds_are_found_by_how_they_stand_and_by_their_name(
    as_coordinator: CheckingClient, session: Session
) -> None:
    hour = timedelta(hours=1)
    stands = {
        "planned": make_round(session, slug="p", wave_label="kommer", opens_at=now() + hour),
        "open": make_round(session, slug="o", wave_label="pågår"),
        "closed": make_round(session, slug="c", wave_label="förbi", closes_at=now() - hour),
        "published": make_round(session, slug="r", wave_label="klar"),
    }
    stands["published"].state = RoundState.PUBLISHED
    session.commit()
    for state, made in stands.items():
        assert made.standing() == state
        page = as_coordinator.page(f"/questionnaires?state={state}")
        shown = [name for name, one in stands.items() if f"/rounds/{one.public_id}" in page]
        assert shown == [state]
    page = as_coordinator.page("/questionnaires?q=FÖRBI")
    assert stands["closed"].public_id in page
    assert stands["open"].public_id not in page
    assert "Inget passar" in as_coordinator.page("/questionnaires?q=finns+inte")


def test_a_list_tells_how_far_each_questionnaire_has_come(
    as_coordinator: CheckingClient, session: Session
) -> None:
    make_round(session, questionnaire_data(key="asked", title={"sv": "Frågad"}))
    create_questionnaire(session, SYSTEM, title={"sv": "Utkastet"}, audience=["patient"])
    session.commit()
    page = as_coordinator.page("/questionnaires/written")
    asked, draft = page.index("Frågad"), page.index("Utkastet")
    assert "Version 1 publicerad" in page[asked:draft]
    assert "Senast ställd" in page[asked:draft]
    assert "Utkast till version 1" in page[draft:]
    assert "Inte ställd än" in page[draft:]
    assert "Utkastet" not in as_coordinator.page("/questionnaires/written?q=frågad")


def test_both_lists_are_searched_by_names_in_other_languages_too(
    as_coordinator: CheckingClient, session: Session
) -> None:
    title = {"sv": "Frågad", "en": "The one", "ar": "استبيان الدعم"}
    make_round(session, questionnaire_data(key="asked", title=title))
    create_questionnaire(session, SYSTEM, title={"sv": "Utkastet"}, audience=["patient"])
    session.commit()
    for words in ("THE+ONE", "استبيان"):
        for page in ("/questionnaires", "/questionnaires/written"):
            shown = as_coordinator.page(f"{page}?q={words}")
            assert "Frågad" in shown
            assert "Utkastet" not in shown


def test_the_job_closes_what_is_past_its_time(
    session: Session, sessions: object, county: object
) -> None:
    make_round(session, opens_at=now() - timedelta(days=9), closes_at=now() - timedelta(minutes=1))
    session.commit()

    class Told:
        def progress(self, done: int, total: int, text: str = "") -> None:
            assert (done, total) == (1, 1)

    assert CloseDueRounds().run(sessions, Told()) == {"closed": 1}  # type: ignore[arg-type]
    session.expire_all()
    assert session.scalars(select(SurveyRound.state)).one() == RoundState.CLOSED


def test_what_the_pages_below_show_of_rounds(session: Session, county: object) -> None:
    made = make_round(session)
    store_responses(session, made, [NewResponse(answers={"role": "me"})] * 27)
    notice = next(iter(OpenToAnswer().notices(session)))
    assert notice.title == "Stöd i vardagen"
    assert list(AnswersGiven().figures(session)) == []  # while it is open nobody counts along
    titles = [one.title for one in QuestionnairesFound().documents(session)]
    assert titles == ["Stöd i vardagen", "Stöd i vardagen"]
    close_round(session, made, SYSTEM)
    assert [figure.value for figure in AnswersGiven().figures(session)] == [20]


def test_the_yearly_follow_up_counts_closed_rounds_about_an_agreement(
    session: Session, county: object
) -> None:

    agreement = session.scalars(select(CooperationAgreement)).first()
    assert agreement is not None
    made = make_round(session, agreement_id=agreement.id)
    counter = YearlyFollowUp("k", "Label", frozenset({RespondentRole.PATIENT}))
    year = now().year
    years = range(year - 1, year + 1)
    assert counter.counts(session, years) == {year - 1: 0, year: 0}
    close_round(session, made, SYSTEM)
    assert counter.counts(session, years) == {year - 1: 0, year: 1}


def test_importing_the_same_content_twice_changes_nothing(session: Session) -> None:
    first = import_questionnaire(session, questionnaire_data())
    import_questionnaire(session, questionnaire_data())
    assert len(versions(session, first.id)) == 1
    import_questionnaire(session, questionnaire_data(closing={"sv": "Tack igen."}))
    assert [one.number for one in versions(session, first.id)] == [2, 1]


def test_a_coordinator_of_one_organisation_creates_no_questionnaire(
    sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    narrow = sign_in(Role.COORDINATOR, name="Otto Utanför", organisation=county.torsas)
    assert narrow.get("/questionnaires/new").status_code == 404
    texts = {"title": "Egen enkät", "intro": "Hej", "audience": ["patient"]}
    assert narrow.submit("/questionnaires/new", texts).status_code == 404
    assert session.scalar(select(Questionnaire.id)) is None
    assert "/questionnaires/new" not in narrow.page("/questionnaires")
