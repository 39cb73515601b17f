"""From a closed round to a finding that everybody can read, and back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from participation.coding.models import Excerpt
from participation.coding.services import forget_material
from participation.commitments.queries import commitments_about, overdue
from participation.commitments.services import answer_commitment
from participation.disclosure.models import Release
from participation.disclosure.queries import outlook_of, releases_of
from participation.disclosure.rules.outlook import Why
from participation.disclosure.services import DisclosureRefused
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict
from participation.foundation.i18n import format_day
from participation.foundation.jobs import Job
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM, Role
from participation.foundation.printing import can_make_pdf
from participation.foundation.tabular import read_table
from participation.questionnaires.rules.grouping import Attribute
from participation.questionnaires.services import NewResponse, close_round, store_responses
from participation.results import queries
from participation.results.jobs import PreviewRound, PublishRound
from participation.results.models import Finding, FindingMaterial, FindingQuote
from participation.results.services import (
    add_quote,
    approve_quote,
    choose_figure,
    order_round_publication,
    publish_finding,
    publish_round,
    withdraw_finding,
)
from participation.results.views import papers
from tests.conftest import SignIn
from tests.factories.coding import make_reviewed_material, texts_of
from tests.factories.questionnaires import make_round
from tests.factories.results import make_closed_round, make_finding, make_release
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


class SilentJob:
    """What the worker hands to a job, without a worker."""

    public_id = "job"
    created_by_account_id = None
    attempt = 1

    def __init__(self, round_id: int, *attributes: str) -> None:
        self.payload = {"round_id": round_id, "attributes": list(attributes)}

    def progress(self, done: int, total: int, text: str = "") -> None:
        pass


@pytest.fixture
def finding(session: Session, county: SmallCounty) -> Finding:
    made = make_finding(session, group_ids=(county.group.id,))
    session.commit()
    return made


def quote_of(session: Session, finding: Finding) -> FindingQuote:
    material = queries.materials_of(session, finding)[0]
    text = texts_of(session, material)[0]
    excerpt = session.scalars(select(Excerpt).where(Excerpt.text_id == text.id)).one()
    return add_quote(session, SYSTEM, finding, excerpt, text)


# ---------------------------------------------------------------- rounds


def test_the_worker_publishes_a_round_and_the_page_shows_it(
    session: Session,
    sessions: sessionmaker[Session],
    as_coordinator: CheckingClient,
    client: CheckingClient,
) -> None:
    closed = make_closed_round(session)
    session.commit()
    page = f"/results/rounds/{closed.public_id}"
    assert "Se vad som kommer att visas" in as_coordinator.page(page)
    assert as_coordinator.submit(f"{page}/publish").status_code == 303
    assert session.scalar(select(Job.kind)) == "results.publish_round"
    session.commit()
    assert "Svaren räknas" in as_coordinator.page(page)
    result = PublishRound().run(sessions, SilentJob(closed.id))
    assert "Det här är publicerat" in as_coordinator.page(page)
    public = client.page(result["url"])
    assert "45 personer har svarat." in public
    assert "Jag möts med respekt" in public


def test_a_round_is_published_by_role_through_the_same_gate(
    session: Session,
    sessions: sessionmaker[Session],
    as_coordinator: CheckingClient,
    client: CheckingClient,
) -> None:
    made = make_round(session)
    answers = [
        ("me", "often", 20),
        ("me", "seldom", 20),
        ("kin", "often", 10),
        ("kin", "seldom", 9),
    ]
    for role, respect, count in answers:
        one = NewResponse(answers={"role": role, "respect": respect, "municipality": "0880"})
        store_responses(session, made, [one] * count)
    close_round(session, made, SYSTEM)
    session.commit()
    page = as_coordinator.page(f"/results/rounds/{made.public_id}")
    assert "Visa också svaren uppdelade efter" in page
    chosen = {"attributes": ["role", "municipality"]}
    as_coordinator.submit(f"/results/rounds/{made.public_id}/publish", chosen)
    assert session.scalars(select(Job.payload)).one()["attributes"] == chosen["attributes"]
    session.commit()
    result = PublishRound().run(sessions, SilentJob(made.id, "role", "municipality"))
    public = client.page(result["url"])
    assert "Visa svaren efter" in public
    assert "Vem är du?" not in public  # its sizes would tell who skipped a question
    by_role = client.page(f"{result['url']}?by=role")
    assert "Närstående" in by_role
    assert "19 svar" in by_role
    rows = read_table(client.get(f"{result['url']}/tables.csv").data).lines
    told = {
        (r["Fråga"], r["Grupp"], r["Svar"]): (r["Antal"], r["Andel, procent"])
        for r in (line.cells for line in rows)
    }
    assert told["Jag möts med respekt", "Närstående", "Ofta"] == ("10", "52,6")
    assert told["Jag möts med respekt", "Alla", "Ofta"][0] == "30"
    sheet = read_table(client.get(f"{result['url']}/tables.xlsx").data)
    assert sheet.headings[0] == "Fråga"
    client.page(f"{result['url']}?by=municipality", status=404)  # everybody in one group
    client.page(f"{result['url']}?by=nonsense", status=404)


def test_what_the_gate_would_do_is_seen_before_and_kept_after(
    session: Session,
    sessions: sessionmaker[Session],
    as_coordinator: CheckingClient,
    client: CheckingClient,
) -> None:
    closed = make_closed_round(session, often=25, seldom=3)
    session.commit()
    page = f"/results/rounds/{closed.public_id}"
    as_coordinator.submit(f"{page}/preview", {"attributes": ["role"]})
    job = session.scalars(select(Job).where(Job.kind == "results.preview_round")).one()
    assert "Vi tittar på vad som kan visas" in as_coordinator.page(page)
    job.state, job.result = "done", PreviewRound().run(sessions, SilentJob(closed.id, "role"))
    session.commit()
    foreseen = as_coordinator.page(page)
    assert "Publicera resultatet" in foreseen
    assert "Färre steg: färre än trettio svarade" in foreseen
    assert 'name="attributes" value="role"' in foreseen
    assert session.scalars(select(Release)).all() == []
    session.commit()
    result = PublishRound().run(sessions, SilentJob(closed.id, "role"))
    kept = as_coordinator.page(page)
    assert "Vad spärren gjorde" in kept
    assert "Färre steg: färre än trettio svarade" in kept
    public = client.page(result["url"])
    assert "är något dolt" in public
    assert "Vad spärren gjorde" not in public


def test_a_look_at_other_answers_than_there_are_now_is_taken_again(
    session: Session, sessions: sessionmaker[Session], as_coordinator: CheckingClient
) -> None:
    closed = make_closed_round(session)
    session.commit()
    page = f"/results/rounds/{closed.public_id}"
    as_coordinator.submit(f"{page}/preview")
    job = session.scalars(select(Job)).one()
    job.state, job.result = "done", PreviewRound().run(sessions, SilentJob(closed.id))
    session.commit()
    assert "Publicera resultatet" in as_coordinator.page(page)
    closed.response_count = 44
    closed.response_count = 45  # one taken back, one that came: as many, but not the same
    session.commit()
    after = as_coordinator.page(page)
    assert "Titta igen" in after
    assert "Publicera resultatet" not in after


def test_a_release_is_taken_along_in_the_readers_language(
    session: Session, client: CheckingClient
) -> None:
    release = make_release(session)
    session.commit()
    here = f"/releases/{release.public_id}"
    english = read_table(client.get(f"{here}/tables.csv?lang=en").data)
    assert english.headings[0] == "Question"
    data = client.get(f"{here}/tables.json").json
    assert data["respondents"] == 45
    assert (
        data["tables"][0]["cells"][0]["count"] == release.payload["tables"][0]["cells"][0]["count"]
    )
    assert "outlook" not in data
    paper = client.page(f"{here}/print?lang=sv")
    assert "45 personer har svarat." in paper
    assert "Jag möts med respekt" in paper
    with papers._press:  # another paper is being made: nobody waits in a row for seconds of work
        assert client.get(f"{here}/results.pdf").location == f"{here}/print"
    if can_make_pdf():
        assert client.get(f"{here}/results.pdf").data.startswith(b"%PDF")


def test_numbers_are_published_in_classes_for_everybody_together(
    session: Session, client: CheckingClient
) -> None:
    made = make_round(session)
    for role in ("me", "kin"):
        for visits in range(40):
            store_responses(session, made, [NewResponse(answers={"role": role, "visits": visits})])
    close_round(session, made, SYSTEM)
    release = publish_round(session, SYSTEM, made.id, attributes=[Attribute.ROLE])
    session.commit()
    page = client.page(f"/releases/{release.public_id}")
    assert "Hur många besök?" in page
    assert "under 10" in page
    assert "Svaret i mitten: 10–19." in page
    fates = {one.key: one.why for one in outlook_of(release).breakdowns[0].questions}
    assert fates["visits"] == (Why.NUMBERS,)


def test_a_round_is_published_once(session: Session, county: SmallCounty) -> None:
    closed = make_closed_round(session)
    publish_round(session, SYSTEM, closed.id)
    with pytest.raises(Conflict):
        publish_round(session, SYSTEM, closed.id)
    with pytest.raises(Conflict):
        order_round_publication(session, SYSTEM, closed)


def test_a_publication_that_was_refused_can_be_tried_again(
    session: Session, county: SmallCounty
) -> None:
    closed = make_closed_round(session, often=2, seldom=2)
    first = order_round_publication(session, SYSTEM, closed, [Attribute.ROLE])
    assert order_round_publication(session, SYSTEM, closed) is first
    first.state = "done"
    session.flush()
    again = order_round_publication(session, SYSTEM, closed, [Attribute.GENDER])
    assert again is not first
    assert again.payload["attributes"] == ["gender"]


def test_a_choice_of_breakdowns_that_is_not_offered_publishes_nothing(
    session: Session, as_coordinator: CheckingClient
) -> None:
    closed = make_closed_round(session)
    session.commit()
    ticked = {"attributes": ["nonsense"]}
    page = as_coordinator.submit(f"/results/rounds/{closed.public_id}/publish", ticked)
    assert page.status_code == 422
    assert "Se vad som kommer att visas" in page.text
    assert queries.newest_publication_job(session, closed.id) is None


def test_a_round_with_four_answers_comes_back_with_the_gates_reasons(
    session: Session,
    sessions: sessionmaker[Session],
    as_coordinator: CheckingClient,
) -> None:
    closed = make_closed_round(session, often=2, seldom=2)
    session.commit()
    as_coordinator.submit(f"/results/rounds/{closed.public_id}/publish")
    result = PublishRound().run(sessions, SilentJob(closed.id))
    assert "Färre än 5" in result["refused"][0]
    job = session.scalars(select(Job)).one()
    job.state, job.result = "done", result
    session.commit()
    page = as_coordinator.page(f"/results/rounds/{closed.public_id}")
    assert "Spärren sa nej" in page


def test_a_withdrawn_round_is_gone_and_its_reason_kept(
    session: Session, as_coordinator: CheckingClient, client: CheckingClient
) -> None:
    release = make_release(session)
    session.commit()
    address = f"/results/rounds/{release.source_public_id}/withdraw"
    assert "Skriv varför" in as_coordinator.submit(address, {"reason": ""}).text
    after = as_coordinator.submit(address, {"reason": "Fel fråga"}, follow_redirects=True).text
    assert "Fel fråga" in after
    gone = client.page(f"/releases/{release.public_id}", status=410)
    assert f"Detta drogs tillbaka {format_day(today())}" in gone
    assert release.title not in gone
    assert "Fel fråga" not in gone
    client.page("/releases/aldrigfunnits", status=404)


def test_next_years_round_stands_beside_last_years(
    session: Session, client: CheckingClient
) -> None:
    first = make_closed_round(session, series_key="stod", closes_at=now() - timedelta(hours=2))
    publish_round(session, SYSTEM, first.id)
    second = make_closed_round(
        session, often=35, series_key="stod", slug="stod2", wave_label="2027"
    )
    release = publish_round(session, SYSTEM, second.id)
    session.commit()
    page = client.page(f"/releases/{release.public_id}").replace("\u2068", "")
    page = page.replace("\u2069", "")
    assert "”Ofta” – 2027: 64 % (50–75). 2026: 56 % (41–69)." in page
    assert "kan vara slump" in page


def test_a_trend_names_no_round_that_nobody_published(
    session: Session, client: CheckingClient
) -> None:
    releases = []
    for years, wave in ((3, "2024"), (2, "2025"), (1, "2026")):
        made = make_closed_round(
            session,
            series_key="stod",
            slug=f"stod{wave}",
            wave_label=wave,
            closes_at=now() - timedelta(hours=years),
        )
        if wave != "2025":
            releases.append(publish_round(session, SYSTEM, made.id))
    session.commit()
    page = client.page(f"/releases/{releases[-1].public_id}")
    assert "2024" in page
    assert "2025" not in page


# ---------------------------------------------------------------- findings


def test_a_finding_is_written_given_a_number_and_published(
    session: Session, as_coordinator: CheckingClient, client: CheckingClient, county: SmallCounty
) -> None:
    release = make_release(session)
    session.commit()
    assert "Ny lärdom" in as_coordinator.page("/results/findings/new")
    answer = as_coordinator.submit(
        "/results/findings/new",
        {
            "title": "Hälften möts med respekt",
            "whose_to_change": "ours",
            "perspective": "resident",
            "groups": [str(county.group.id)],
        },
    )
    workroom = answer.location
    assert "säger inte vad den vilar på" in as_coordinator.page(workroom)
    refused = as_coordinator.submit(f"{workroom}/publish")
    assert "säger inte vad den vilar på" in refused.text
    figure = f"{workroom}/figure"
    assert "Jag möts med respekt" in as_coordinator.page(figure)
    as_coordinator.submit(f"{figure}/{release.public_id}", {"table": "respect", "codes": ["often"]})
    assert "56 %" in (ready := as_coordinator.page(workroom))
    assert "Den kan publiceras." in ready
    published = as_coordinator.submit(f"{workroom}/publish")
    page = client.page(published.location)
    assert "45 svar, osäkerhet 41–69." in page
    assert "ska svara" in page
    assert "Hälften möts med respekt" in client.page("/findings")
    assert "Hälften" in client.page(f"/findings?group={county.group.public_id}")
    assert "Ingen lärdom" in client.page(f"/findings?group={county.other_group.public_id}")
    assert "نُشر" in client.page(f"{published.location}?lang=ar")


def test_the_teams_own_observation_is_told_to_readers(
    session: Session, as_coordinator: CheckingClient, client: CheckingClient, finding: Finding
) -> None:
    claim = {"title": "Ingen ramp", "whose_to_change": "ours", "perspective": "resident"}
    material = session.scalars(select(FindingMaterial.material_id)).one()
    session.commit()
    texts_alone = {**claim, "materials": [str(material)]}
    page = as_coordinator.submit("/results/findings/new", texts_alone).text
    assert "bara texter säger inte hur många" in page
    page = as_coordinator.submit(
        "/results/findings/new", {**texts_alone, "is_own_observation": "y"}
    ).text
    assert "inte bara teamets egen iakttagelse" in page
    own = {**claim, "is_own_observation": "y"}
    workroom = as_coordinator.submit("/results/findings/new", own).location
    published = as_coordinator.submit(f"{workroom}/publish")
    assert "Teamets egen iakttagelse" in client.page(published.location)


def test_publishing_lets_each_group_owe_one_answer_however_often(
    session: Session, finding: Finding
) -> None:
    publish_finding(session, SYSTEM, finding)
    withdraw_finding(session, SYSTEM, finding, "Ett ord var fel")
    publish_finding(session, SYSTEM, finding)
    owed = commitments_about(session, "finding", finding.public_id)
    assert [c.status for c in owed] == ["open"]
    assert [c.title for c in owed] == ["Hälften får ofta börja om från början"]
    releases = releases_of(session, "finding", finding.public_id)
    assert [r.is_withdrawn for r in releases] == [False, True]


def test_a_group_does_not_owe_an_answer_about_a_withdrawn_finding(
    session: Session, finding: Finding, county: SmallCounty, sign_in: SignIn
) -> None:
    member = sign_in(Role.GROUP_MEMBER, name="Greta Gruppsson", group=county.group)
    publish_finding(session, SYSTEM, finding)
    (owed,) = commitments_about(session, "finding", finding.public_id)
    owed.due_on = today() - timedelta(days=3)
    session.commit()
    where = f"/commitments/{owed.public_id}"
    assert where in member.page("/start")
    withdraw_finding(session, SYSTEM, finding, "Ett ord var fel")
    assert owed.deadline is None
    assert overdue(session) == []
    session.commit()
    assert where not in member.page("/start")
    assert "Ett ord var fel" in member.page(where)
    told = {"answer": "no", "answer_text": "Nej."}
    assert member.submit(f"{where}/answer", told).status_code == 303
    session.expire_all()
    assert owed.answer is None
    mails = session.scalars(select(OutboxMail.template)).all()
    assert mails.count("commitment_called_off") == 1


def test_what_a_group_has_promised_stays_when_the_finding_is_withdrawn(
    session: Session, finding: Finding
) -> None:
    publish_finding(session, SYSTEM, finding)
    (owed,) = commitments_about(session, "finding", finding.public_id)
    told = {"answer": "yes", "answer_text": "Ja.", "action_text": "Vi gör det."}
    answer_commitment(session, SYSTEM, owed, **told)
    withdraw_finding(session, SYSTEM, finding, "Ett ord var fel")
    assert (owed.status, owed.is_public) == ("in_progress", False)


def test_a_published_finding_tells_what_the_group_promised_and_by_when(
    session: Session, as_coordinator: CheckingClient, client: CheckingClient, finding: Finding
) -> None:
    workroom = f"/results/findings/{finding.public_id}"
    session.commit()
    asked = as_coordinator.submit(f"{workroom}/publish", follow_redirects=True)
    (owed,) = commitments_about(session, "finding", finding.public_id)
    assert f"ska svara senast {format_day(owed.due_on)}" in asked.text
    told = {"answer": "yes", "answer_text": "Ja.", "action_text": "Vi byter alla stolar."}
    ready_on = today() + timedelta(days=90)
    answer_commitment(session, SYSTEM, owed, **told, action_due_on=ready_on)
    session.commit()
    page = client.page(f"/findings/{finding.public_id}")
    assert "Vi byter alla stolar." in page
    assert format_day(ready_on) in page
    withdraw_finding(session, SYSTEM, finding, "Ett ord var fel")
    session.commit()
    again = as_coordinator.submit(f"{workroom}/publish", follow_redirects=True)
    assert "har redan svarat" in again.text


def test_a_finding_that_four_people_carry_is_stopped_in_words(
    session: Session, as_coordinator: CheckingClient, county: SmallCounty
) -> None:
    few = make_finding(session, voices=4)
    session.commit()
    page = as_coordinator.page(f"/results/findings/{few.public_id}")
    assert "Färre än 5 personer säger det här" in page
    again = as_coordinator.submit(f"/results/findings/{few.public_id}/publish")
    assert "Färre än 5 personer" in again.text
    assert session.scalar(select(Release.id)) is None


def test_a_quote_waits_for_a_person(
    session: Session, as_coordinator: CheckingClient, client: CheckingClient, finding: Finding
) -> None:
    workroom = f"/results/findings/{finding.public_id}"
    choosing = as_coordinator.page(f"{workroom}/quotes")
    assert "Använd som citat" in choosing
    excerpt = session.scalars(select(Excerpt)).first()
    assert excerpt is not None
    session.commit()
    as_coordinator.submit(f"{workroom}/quotes", {"excerpt": excerpt.public_id})
    quote = session.scalars(select(FindingQuote)).one()
    quote_id, words = quote.public_id, quote.text
    with pytest.raises(DisclosureRefused):
        publish_finding(session, SYSTEM, finding)
    session.rollback()
    assert "Ett citat är inte godkänt" in as_coordinator.page(workroom)
    as_coordinator.submit(f"{workroom}/quotes/{quote_id}/approve")
    published = as_coordinator.submit(f"{workroom}/publish")
    page = client.page(published.location)
    assert words in page
    assert "Närstående" in page


def test_a_suspicious_quote_is_pointed_out(
    session: Session, as_coordinator: CheckingClient, finding: Finding
) -> None:
    quote = quote_of(session, finding)
    quote.text = "Viljar fick börja om"
    session.commit()
    assert "Titta noga" in as_coordinator.page(f"/results/findings/{finding.public_id}")


def forget_first_voice(session: Session, finding: Finding) -> None:
    text = texts_of(session, queries.materials_of(session, finding)[0])[0]
    forget_material(session, text.source_ref)
    session.commit()


def test_a_quote_whose_voice_withdrew_is_emptied_and_not_published(
    session: Session, app: Flask, finding: Finding
) -> None:
    quote = quote_of(session, finding)
    approve_quote(session, SYSTEM, quote)
    session.commit()
    forget_first_voice(session, finding)
    session.refresh(quote)
    assert (quote.text, quote.respondent_role, quote.excerpt_id) == ("", None, None)
    assert publish_finding(session, SYSTEM, finding).payload["quotes"] == []


def test_a_published_finding_is_withdrawn_when_a_quoted_voice_withdraws(
    session: Session, as_coordinator: CheckingClient, client: CheckingClient, finding: Finding
) -> None:
    quote = quote_of(session, finding)
    words, public_id = quote.text, quote.public_id
    approve_quote(session, SYSTEM, quote)
    publish_finding(session, SYSTEM, finding)
    session.commit()
    address, workroom = f"/findings/{finding.public_id}", f"/results/findings/{finding.public_id}"
    assert words in client.page(address)
    card = "Se över lärdomen"
    assert card not in as_coordinator.page("/start")
    forget_first_voice(session, finding)
    client.page(address, status=410)
    for public in ("/findings", "/", "/you-said-we-did"):
        assert words not in client.page(public)
    assert card in as_coordinator.page("/start")
    page = as_coordinator.page(workroom)
    assert "Någon som citeras har tagit tillbaka sina ord." in page
    assert words not in page
    as_coordinator.submit(f"{workroom}/quotes/{public_id}/drop")
    assert card not in as_coordinator.page("/start")
    as_coordinator.submit(f"{workroom}/publish")
    assert words not in client.page(address)


def test_a_finding_that_does_not_quote_the_voice_stays(
    session: Session, app: Flask, finding: Finding
) -> None:
    publish_finding(session, SYSTEM, finding)
    session.commit()
    forget_first_voice(session, finding)
    session.refresh(finding)
    assert finding.state == "published"


def test_a_quote_can_be_taken_out(
    session: Session, as_coordinator: CheckingClient, finding: Finding
) -> None:
    quote = quote_of(session, finding)
    session.commit()
    address = f"/results/findings/{finding.public_id}/quotes/{quote.public_id}/drop"
    as_coordinator.submit(address)
    assert session.scalar(select(FindingQuote.id)) is None


def test_a_published_finding_is_withdrawn_before_it_is_changed(
    session: Session, as_coordinator: CheckingClient, client: CheckingClient, finding: Finding
) -> None:
    publish_finding(session, SYSTEM, finding)
    session.commit()
    workroom = f"/results/findings/{finding.public_id}"
    values = {"title": "Annat", "whose_to_change": "ours", "perspective": "resident"}
    assert as_coordinator.submit(f"{workroom}/edit", values).status_code == 409
    client.page(f"/findings/{finding.public_id}")
    assert "Skriv varför" in as_coordinator.submit(f"{workroom}/withdraw", {"reason": " "}).text
    as_coordinator.submit(f"{workroom}/withdraw", {"reason": "Ett ord var fel"})
    gone = client.page(f"/findings/{finding.public_id}", status=410)
    assert finding.title not in gone
    assert as_coordinator.submit(f"{workroom}/edit", values).status_code == 303
    assert "Ett ord var fel" in as_coordinator.page(workroom)


def test_a_finding_never_shows_what_its_release_hides(
    session: Session, county: SmallCounty
) -> None:
    release = make_release(session, often=42, seldom=3)
    finding = make_finding(session)
    choose_figure(session, finding, release, "respect", ["often"])
    with pytest.raises(DisclosureRefused, match="dold"):
        publish_finding(session, SYSTEM, finding)


@pytest.mark.parametrize("address", ["", "/edit", "/quotes", "/figure", "/withdraw"])
def test_the_workroom_is_closed_to_others(
    sign_in: SignIn,
    as_group_member: CheckingClient,
    client: CheckingClient,
    finding: Finding,
    county: SmallCounty,
    address: str,
) -> None:
    path = f"/results/findings/{finding.public_id}{address}"
    assert client.get(path).status_code == 303
    assert as_group_member.get(path).status_code == 403
    outsider = sign_in(Role.COORDINATOR, name="Otto Utanför", organisation=county.torsas)
    assert outsider.get(path).status_code == 404


def test_empty_lists_say_what_will_come(
    as_coordinator: CheckingClient, client: CheckingClient
) -> None:
    assert "Inga lärdomar" in as_coordinator.page("/results")
    assert "publiceras det här" in client.page("/findings")


def test_a_claim_without_words_is_sent_back(as_coordinator: CheckingClient) -> None:
    answer = as_coordinator.submit("/results/findings/new", {"title": " ", "body": "kvar"})
    assert "Skriv vad ni har lärt er" in answer.text
    assert "kvar" in answer.text


def test_published_findings_can_be_found_by_search(session: Session, finding: Finding) -> None:
    assert list(queries.search_documents(session)) == []
    publish_finding(session, SYSTEM, finding)
    (document,) = queries.search_documents(session)
    assert document.permission is None
    assert document.address.values == {"public_id": finding.public_id}


def test_words_alone_carry_their_number_of_voices(session: Session, finding: Finding) -> None:
    publish_finding(session, SYSTEM, finding)
    assert [f.figure for f in queries.published_findings(session)] == ["8 av 16"]


def test_a_finding_counts_coded_texts_alone_and_says_how_many_wait(
    session: Session, finding: Finding, as_coordinator: CheckingClient
) -> None:
    material = make_reviewed_material(session, ["Läst.", "Läst också."], question_key="other")
    session.add(FindingMaterial(finding_id=finding.id, material_id=material.id))
    session.commit()
    for page in ("", "/publish"):
        told = as_coordinator.page(f"/results/findings/{finding.public_id}{page}")
        assert "2 texter att koda" in told
        assert f"/coding/materials/{material.public_id}?state=uncoded" in told
    publish_finding(session, SYSTEM, finding)
    session.commit()
    assert [f.figure for f in queries.published_findings(session)] == ["8 av 16"]
    assert "att koda" not in as_coordinator.page(f"/results/findings/{finding.public_id}")
