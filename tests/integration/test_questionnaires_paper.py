"""Paper: forms with codes, and typing what came back twice into one answer."""

import re
from collections.abc import Mapping

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from participation.coding.models import MaterialText
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.permissions import SYSTEM
from participation.questionnaires.jobs import MixAnswers
from participation.questionnaires.models import (
    AccessToken,
    PaperEntry,
    Response,
    ResponseText,
    SurveyRound,
    WaitingResponse,
)
from participation.questionnaires.queries import round_by_id
from participation.questionnaires.queries.paper import papers_waiting, typed_so_far
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.codes import in_groups
from participation.questionnaires.rules.paper import Entry
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.rules.sealing import paper_receipt
from participation.questionnaires.services import (
    NewResponse,
    begin_draft,
    close_round,
    store_responses,
)
from participation.questionnaires.services.paper import (
    Standing,
    issue_typed_codes,
    keep_entry,
    store_paper,
    take_late_papers,
)
from participation.questionnaires.services.withdrawing import round_of_receipt, withdraw_response
from participation.results.services import publish_round
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.jobs import Quiet


def entry(closed: Mapping[str, str], texts: Mapping[str, str] | None = None, by: int = 1) -> Entry:
    return Entry(Answers(dict(closed), dict(texts or {})), "self", "sv", by)


def code_for(session: Session, survey_round: SurveyRound) -> str:
    return issue_typed_codes(session, SYSTEM, survey_round, 1)[0]


def test_two_entries_that_agree_become_one_answer(session: Session) -> None:
    survey_round = make_round(session)
    code = code_for(session, survey_round)
    first = entry({"role": "me"}, {"difference": "Tid  att prata"})
    assert keep_entry(session, survey_round, code, first) is Standing.FIRST
    assert session.scalars(select(Response)).all() == []
    again = entry({"role": "me"}, {"difference": "tid att prata"}, by=2)
    assert keep_entry(session, survey_round, code, again) is Standing.STORED
    stored = session.scalars(select(Response)).one()
    assert (stored.respondent_role, stored.answers_for) == ("patient", "self")
    assert session.scalars(select(ResponseText.text)).one() == "tid att prata"
    assert session.scalars(select(PaperEntry)).all() == []
    assert session.scalars(select(AccessToken.is_spent)).one()


def test_a_paper_is_never_stored_twice(session: Session) -> None:
    survey_round = make_round(session)
    code = code_for(session, survey_round)
    for _number in range(2):
        keep_entry(session, survey_round, code, entry({"role": "me"}))
    third = keep_entry(session, survey_round, code, entry({"role": "kin"}))
    assert third is Standing.ALREADY
    assert store_paper(session, survey_round, code, entry({"role": "kin"})) is (Standing.ALREADY)
    assert len(session.scalars(select(Response)).all()) == 1


def test_entries_that_differ_wait_and_nothing_is_stored(session: Session) -> None:
    survey_round = make_round(session)
    code = code_for(session, survey_round)
    keep_entry(session, survey_round, code, entry({"role": "me", "respect": "often"}))
    second = entry({"role": "me", "reach": "seldom"})
    assert keep_entry(session, survey_round, code, second) is Standing.DIFFERS
    typed = typed_so_far(session, survey_round, code)
    assert typed is not None
    assert typed.second == second
    assert papers_waiting(session, survey_round) == 1
    assert session.scalars(select(Response)).all() == []


def test_a_paper_may_leave_out_what_the_web_insists_on(session: Session) -> None:
    survey_round = make_round(session)
    code = code_for(session, survey_round)
    for _number in range(2):
        standing = keep_entry(session, survey_round, code, entry({"respect": "often"}))
    assert standing is Standing.STORED
    assert keep_entry(session, survey_round, code_for(session, survey_round), entry({})) is (
        Standing.EMPTY
    )


def test_the_paper_wins_over_what_was_only_begun_on_the_web(session: Session) -> None:
    survey_round = make_round(session)
    code = code_for(session, survey_round)
    begin_draft(session, survey_round, code=code)
    for _number in range(2):
        standing = keep_entry(session, survey_round, code, entry({"role": "me"}))
    assert standing is Standing.STORED


def test_what_waits_when_the_round_closes_is_thrown_away(session: Session) -> None:
    survey_round = make_round(session)
    code = code_for(session, survey_round)
    keep_entry(session, survey_round, code, entry({"role": "me"}))
    close_round(session, survey_round, SYSTEM)
    assert session.scalars(select(PaperEntry)).all() == []
    with pytest.raises(Conflict):
        store_paper(session, survey_round, code, entry({"role": "me"}))
    with pytest.raises(Conflict):
        issue_typed_codes(session, SYSTEM, survey_round, 1)


def typed_twice(session: Session, survey_round: SurveyRound, code: str) -> Standing:
    said = entry({"role": "me"}, {"difference": "Posten var sen"})
    keep_entry(session, survey_round, code, said)
    return keep_entry(session, survey_round, code, said)


def test_a_late_paper_counts_once_somebody_says_why(session: Session) -> None:
    survey_round = make_round(session)
    code = code_for(session, survey_round)
    with pytest.raises(Conflict):
        take_late_papers(session, SYSTEM, survey_round, "Posten")
    close_round(session, survey_round, SYSTEM)
    take_late_papers(session, SYSTEM, survey_round, "Posten var sen")
    kept = typed_twice(session, survey_round, code)
    assert kept is Standing.STORED
    assert survey_round.response_count == 1
    assert session.scalars(select(MaterialText.text)).one() == "Posten var sen"
    assert typed_twice(session, survey_round, code) is Standing.ALREADY


def test_late_papers_of_an_anonymous_round_wait_to_be_mixed(
    session: Session, sessions: sessionmaker[Session]
) -> None:
    survey_round = make_round(session, mode=Mode.ANONYMOUS)
    codes = issue_typed_codes(session, SYSTEM, survey_round, 22)
    close_round(session, survey_round, SYSTEM)
    take_late_papers(session, SYSTEM, survey_round, "Posten var sen")
    for code in codes[:20]:
        typed_twice(session, survey_round, code)
    assert session.scalars(select(Response)).all() == []
    session.commit()
    MixAnswers().run(sessions, Quiet())
    session.refresh(survey_round, ["response_count"])
    assert survey_round.response_count == 10
    assert len(session.scalars(select(MaterialText.id)).all()) == 10
    typed_twice(session, survey_round, codes[20])
    publish_round(session, SYSTEM, survey_round.id)
    assert survey_round.response_count == 21
    assert session.scalars(select(WaitingResponse)).all() == []
    assert len(session.scalars(select(MaterialText.id)).all()) == 21
    assert not any(session.scalars(select(AccessToken.is_spent)))
    with pytest.raises(Conflict):
        store_paper(session, survey_round, codes[21], entry({"role": "me"}))


def test_late_papers_too_few_to_be_mixed_are_left_out_of_an_anonymous_round(
    session: Session,
) -> None:
    survey_round = make_round(session, mode=Mode.ANONYMOUS)
    codes = issue_typed_codes(session, SYSTEM, survey_round, 9)
    store_responses(session, survey_round, [NewResponse(answers={"role": "me"})] * 20)
    close_round(session, survey_round, SYSTEM)
    take_late_papers(session, SYSTEM, survey_round, "Posten var sen")
    for code in codes:
        typed_twice(session, survey_round, code)
    publish_round(session, SYSTEM, survey_round.id)
    assert survey_round.response_count == 20
    assert session.scalars(select(WaitingResponse)).all() == []
    session.commit()
    actions = session.scalars(select(EventLogEntry.action)).all()
    assert actions.count("waiting_answers_too_few") == 1


def test_the_receipt_of_a_paper_takes_its_answer_back(
    as_coordinator: CheckingClient, session: Session
) -> None:
    survey_round = make_round(session)
    session.commit()
    here = f"/questionnaires/rounds/{survey_round.public_id}/paper"
    printed = as_coordinator.submit(f"{here}/print", {"words": "sv", "copies": "1", "unit": ""})
    code, receipt = re.findall(r'<strong><bdi dir="ltr">([0-9A-Z-]{19})</bdi>', printed.text)
    close_round(session, round_by_id(session, survey_round.id), SYSTEM)
    session.commit()
    assert "varför" in as_coordinator.submit(f"{here}/late", {"reason": ""}).text
    as_coordinator.submit(f"{here}/late", {"reason": "Posten var sen"})
    assert "Posten var sen" in as_coordinator.page(here)
    typed = {"code": code, "answers_for": "self", "q_role": "me"}
    as_coordinator.submit(f"{here}/save", typed)
    stored = as_coordinator.submit(f"{here}/save", typed).text
    assert "rev av" in stored
    assert receipt not in stored  # whoever types is not who may take it back
    session.expire_all()
    found = round_of_receipt(session, receipt.replace("-", ""))
    assert found is not None
    withdraw_response(session, SYSTEM, found, receipt.replace("-", ""))
    assert session.scalars(select(Response)).all() == []
    assert found.response_count == 0


def test_a_paper_that_is_typed_again_after_closing_counts_once_and_not_when_taken_back(
    session: Session,
) -> None:
    survey_round = make_round(session, mode=Mode.ANONYMOUS)
    kept, regretted = issue_typed_codes(session, SYSTEM, survey_round, 2)
    for code in (kept, regretted):
        assert typed_twice(session, survey_round, code) is Standing.STORED
    close_round(session, survey_round, SYSTEM)
    withdraw_response(session, SYSTEM, survey_round, paper_receipt(regretted))
    take_late_papers(session, SYSTEM, survey_round, "Posten var sen")
    for code in (kept, regretted):
        assert typed_twice(session, survey_round, code) is Standing.ALREADY
    assert session.scalars(select(WaitingResponse)).all() == []
    assert survey_round.response_count == 1


def test_staff_print_type_compare_and_decide(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    survey_round = make_round(session)
    here = f"/questionnaires/rounds/{survey_round.public_id}/paper"
    session.commit()
    printed = as_coordinator.submit(f"{here}/print", {"words": "sv", "copies": "2", "unit": ""})
    codes = re.findall(r'<strong><bdi dir="ltr">([0-9A-Z-]{19})</bdi>', printed.text)
    assert len(set(codes)) == 4  # a code and a receipt each
    code = codes[0]
    page = as_coordinator.submit(here, {"code": code.lower()}).text
    assert "första inmatningen" in page
    typed = {"code": code, "answers_for": "self", "q_role": "me", "q_difference": "Tid"}
    as_coordinator.submit(f"{here}/save", typed)
    assert "1 papper väntar" in as_coordinator.page(here)
    second = as_coordinator.submit(here, {"code": code}).text
    assert "andra inmatningen" in second
    assert "Tid" not in second  # the first entry must not lead the second
    differs = as_coordinator.submit(f"{here}/save", {**typed, "q_role": "kin"}).text
    assert "1 fråga skiljer sig" in differs
    assert "Närstående" in differs
    unsure = as_coordinator.submit(f"{here}/decide", {"code": code}).text
    assert "Välj det som står på papperet" in unsure
    as_coordinator.submit(f"{here}/decide", {"code": code, "d_role": "second"})
    session.expire_all()
    assert session.scalars(select(Response.respondent_role)).one() == "next_of_kin"
    session.commit()
    assert "redan" in as_coordinator.submit(here, {"code": code}).text


def test_codes_of_other_rounds_and_mistyped_ones_are_told_at_the_field(
    as_coordinator: CheckingClient, session: Session
) -> None:
    survey_round = make_round(session)
    other = make_round(session, slug="annan")
    foreign = in_groups(code_for(session, other))
    here = f"/questionnaires/rounds/{survey_round.public_id}/paper"
    session.commit()
    assert "Vi hittar inte den koden" in as_coordinator.submit(here, {"code": foreign}).text
    assert "16 bokstäver" in as_coordinator.submit(here, {"code": "K7QF"}).text
    assert as_coordinator.submit(f"{here}/save", {"code": foreign}).status_code == 404


def test_an_answer_that_cannot_be_is_told_and_what_was_typed_stays(
    as_coordinator: CheckingClient, session: Session
) -> None:
    survey_round = make_round(session)
    code = code_for(session, survey_round)
    here = f"/questionnaires/rounds/{survey_round.public_id}/paper"
    session.commit()
    wrong = {"code": code, "q_visits": "90", "q_difference": "Mer tid"}
    page = as_coordinator.submit(f"{here}/save", wrong).text
    assert "mellan 0 och 50" in page
    assert "Mer tid" in page
    assert papers_waiting(session, survey_round) == 0


def test_the_form_prints_a_battery_as_single_questions_and_conditions_in_words(
    as_coordinator: CheckingClient, session: Session
) -> None:
    survey_round = make_round(session)
    here = f"/questionnaires/rounds/{survey_round.public_id}/paper/form"
    session.commit()
    page = as_coordinator.page(here)
    assert "<table" not in page
    assert "Jag möts med respekt" in page
    assert "Endast om du svarade ”Närstående” på fråga 1" in page
    assert 'dir="rtl"' not in page
