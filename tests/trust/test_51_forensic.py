"""TRUST 51: whoever gets every file cannot tell whose an anonymous answer is.

300 invented people answer in random order, most by a link they were mailed, some by an open link
or on paper, a dozen on papers that come late. An attacker with every file comes before the first
answer, in the middle of the round, while late papers wait and when all is over; chance alone finds
a few. The same attacks on builds that leak find nearly everybody, which proves that they bite.
"""

import random
import re
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session, sessionmaker

from participation.app import create_app
from participation.foundation import temporary_keys
from participation.foundation.backup import backup
from participation.foundation.config import Config
from participation.foundation.crypto import email_index
from participation.foundation.db import make_sessions
from participation.foundation.outbox.delivery import MailRunner
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.outbox.transports import MaildirTransport
from participation.foundation.permissions import SYSTEM
from participation.foundation.web import EXTENSION
from participation.questionnaires.feature import FEATURE
from participation.questionnaires.jobs import DestroyKeys, MixAnswers, SendLinks
from participation.questionnaires.models import ResponseText
from participation.questionnaires.queries import free_texts, opened_link, round_by_id
from participation.questionnaires.queries.monitor import answered
from participation.questionnaires.rules import codes
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.contacts import Contact
from participation.questionnaires.rules.mixing import LINK_MAIL, answers_key
from participation.questionnaires.rules.paper import Entry
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.rules.sealing import access_hash, form_value
from participation.questionnaires.services import close_round, mailing, rewriting
from participation.questionnaires.services.answering import begin_draft, save_draft, send_answers
from participation.questionnaires.services.links import make_open_links
from participation.questionnaires.services.mailing import add_contacts
from participation.questionnaires.services.paper import (
    Standing,
    end_late_papers,
    issue_typed_codes,
    keep_entry,
    take_late_papers,
)
from tests.factories.questionnaires import make_round
from tests.support import leaks
from tests.support.attacker import ATTACKS, Look, Loot, Saved, by_outbox, readable
from tests.support.jobs import Quiet
from tests.support.stolen import (
    answers_saved,
    every_file,
    has_rowid,
    keep_journals,
    lay_out_anew,
    log_position,
)

PEOPLE = 300
BY_OPEN_LINK, ON_PAPER = 30, 30  # of them; the others are mailed
LATE = 12  # of those on paper
JOURNALS = 10  # so many answer last, and the attacker takes each of SQLite's journals
MAILED = PEOPLE - BY_OPEN_LINK - ON_PAPER
CHANCE = 5
NEARLY_ALL = 290
SEED = 51  # the draws are the same in every run, or chance itself would fail the test at times

QUESTIONNAIRE: dict[str, Any] = {
    "key": "anonym",
    "title": {"sv": "Hur har du det?"},
    "intro": {"sv": "Vi undrar."},
    "closing": {"sv": "Tack."},
    "audience": ["professional"],
    "questions": [
        {
            "key": "well",
            "kind": "single",
            "text": {"sv": "Hur går det?"},
            "options": [
                {"code": "good", "text": {"sv": "Bra"}},
                {"code": "bad", "text": {"sv": "Dåligt"}},
            ],
        },
        {"key": "words", "kind": "long_text", "text": {"sv": "Berätta."}},
    ],
}


@pytest.fixture(autouse=True)
def _same_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes, links and mixing come from a known source; what is attacked is the same."""
    source = random.Random(SEED)
    drawn = SimpleNamespace(
        token_bytes=source.randbytes, token_hex=lambda n: source.randbytes(n).hex()
    )
    monkeypatch.setattr(temporary_keys, "secrets", drawn)
    monkeypatch.setattr(mailing, "new_row_id", lambda: source.randbytes(16))
    monkeypatch.setattr(codes, "RANDOM", source)
    monkeypatch.setattr(rewriting, "RANDOM", source)
    monkeypatch.setattr(mailing, "RANDOM", source)


@dataclass
class Scene:
    """A round being answered, and what the attacker can lay hands on."""

    engine: Engine
    config: Config
    folder: Path
    capture: pytest.CaptureFixture[str]
    log_start: str | None = None
    round_id: int = 0
    links: list[str] = field(default_factory=list)  # by person: link, code of a paper, or resume
    order: list[int] = field(default_factory=list)
    receipts: dict[int, str] = field(default_factory=dict)
    waiting: list[tuple[bytes, bytes]] = field(default_factory=list)
    backups: list[Saved] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    journals: list[bytes] = field(default_factory=list)
    logged: str = ""
    mailed: int = PEOPLE

    @property
    def sessions(self) -> sessionmaker[Session]:
        return make_sessions(self.engine)

    # -- what happens in the round ---------------------------------------------------------

    def open_round(self, *, empty_sink: bool = True) -> None:
        """Mailed to everybody who will not come by an open link or on paper."""
        with self.sessions() as session:
            made = make_round(session, QUESTIONNAIRE, mode=Mode.ANONYMOUS, slug=None)
            session.commit()
            self.round_id = made.id
            contacts = [Contact(_address(person), "sv") for person in range(PEOPLE)]
            add_contacts(session, SYSTEM, made, contacts[: self.mailed])
            session.commit()
        SendLinks().run(self.sessions, Quiet(round_id=self.round_id))
        self.links = _delivered(self, empty_sink=empty_sink)
        DestroyKeys().run(self.sessions, Quiet())
        self.look()

    def mix(self) -> None:
        MixAnswers().run(self.sessions, Quiet())
        self.look()

    def close(self) -> None:
        with self.sessions() as session:
            close_round(session, round_by_id(session, self.round_id), SYSTEM)
            session.commit()
        DestroyKeys().run(self.sessions, Quiet())
        self.look()

    def type_late(self, persons: Sequence[int]) -> None:
        with self.sessions() as session:
            take_late_papers(session, SYSTEM, round_by_id(session, self.round_id), "Posten")
            session.commit()
        for person in persons:
            self._answer_on_paper(person)

    def end_late(self) -> None:
        with self.sessions() as session:
            end_late_papers(session, round_by_id(session, self.round_id))
            session.commit()
        DestroyKeys().run(self.sessions, Quiet())
        self.look()

    def look(self) -> None:
        """What staff see counted now, and what of it is answers that can be told apart."""
        with self.engine.connect() as connection:
            counted = connection.execute(
                text("SELECT id FROM responses WHERE round_id = :round"), {"round": self.round_id}
            ).scalars()
            self.looks.append(Look(len(self.order), frozenset(map(bytes, counted))))

    def save(self) -> None:
        target = self.folder / f"backup{len(self.backups)}.tar"
        url = self.engine.url.render_as_string(hide_password=False)
        config = Config(**{**self.config.__dict__, "database_url": url})
        backup(config, self.engine, target, FEATURE.never_backed_up)
        self.backups.append(Saved(len(self.order), answers_saved(target)))

    # -- how people answer -----------------------------------------------------------------

    def answer_in_services(self, persons: Sequence[int]) -> None:
        """As the pages do it, without the pages: enough to show what storing leaks.

        By one connection: each of several would fill pages of its own.
        """
        self.engine.dispose()
        for person in persons:
            self._answer_in_services(person)

    def _answer_in_services(self, person: int) -> None:
        with self.sessions() as session:
            found = round_by_id(session, self.round_id)
            code = begin_draft(session, found, code=self.links[person])
            opened = opened_link(session, code)
            assert opened is not None
            assert opened.draft is not None
            opened.draft.answers = _said(person)
            save_draft(session, code, opened.draft)
            sent = send_answers(session, found, code, opened.draft.receipt, "sv")
            session.commit()
        self._has_answered(person, sent.receipt)

    def answer_in_pages(self, client: FlaskClient, persons: Sequence[int], place: str) -> None:
        """Through the application itself; every other link without its pages, which takes less."""
        with self.sessions() as session:
            public_id = round_by_id(session, self.round_id).public_id
        for person in persons:
            if person >= PEOPLE - ON_PAPER:
                self._answer_on_paper(person)
            else:
                if person >= MAILED:
                    self.links[person] = _begun_openly(client, place, public_id)
                if person % 2:
                    self._answer_by_link(client, person, public_id)
                else:
                    self._answer_in_services(person)

    def _answer_by_link(self, client: FlaskClient, person: int, public_id: str) -> None:
        link = self.links[person]
        proof = {"csrf_token": form_value(link), "round": public_id}
        if person < MAILED:
            client.post(f"/a/{link}/start", data=proof)
        said = {f"q_{key}": value for key, value in _said(person).values.items()}
        if person % 5:  # both ways to send: from the page with all questions, and after review
            sent = client.post(f"/a/{link}/all", data={**proof, **said})
        else:
            client.post(f"/a/{link}/all", data={**proof, **said, "act": "look"})
            sent = client.post(f"/a/{link}/send", data=proof)
        assert sent.status_code == 200
        self._has_answered(person, _receipt_on(sent.text))

    def _answer_on_paper(self, person: int) -> None:
        """Typed twice, as staff do; the receipt of a paper is known to nobody."""
        for expected in (Standing.FIRST, Standing.STORED):
            with self.sessions() as session:
                found = round_by_id(session, self.round_id)
                entry = Entry(_said(person), "", "sv", 1)
                kept = keep_entry(session, found, self.links[person], entry)
                assert kept is expected
                session.commit()
        self._has_answered(person, "")

    def _has_answered(self, person: int, receipt: str) -> None:
        self.order.append(person)
        if receipt:
            self.receipts[person] = receipt
        self.look()

    # -- what the attacker gets ------------------------------------------------------------

    def loot(self) -> Loot:
        self.logged += "".join(self.capture.readouterr())
        self.waiting += _waiting(self.engine, self.round_id)
        files = every_file(self.engine, self.log_start, [self.folder])
        files["log lines"] = self.logged.encode()
        files |= {f"log:{n:04}-journal": content for n, content in enumerate(self.journals)}
        return Loot(
            engine=self.engine,
            round_id=self.round_id,
            order=self.order,
            link_hashes={access_hash(link): person for person, link in enumerate(self.links)},
            files=files,
            waiting=self.waiting,
            backups=self.backups,
            looks=self.looks,
        )

    def check_looks(self) -> None:
        """The attacker looks no further than the monitor and coding, which read the same."""
        seen = self.looks[-1].counted
        with self.sessions() as session:
            assert answered(session, self.round_id).total == len(seen)
            words = {one.source_ref for one in free_texts(session, self.round_id)}
        assert words == {key.hex() for key in seen}

    def truth(self) -> dict[int, bytes]:
        """Whose each stored answer really is: everybody wrote something only they know."""
        with self.sessions() as session:
            rows = session.execute(select(ResponseText.text, ResponseText.response_id))
            return {int(words.rpartition(" ")[2][:-1]): bytes(key) for words, key in rows}


def _said(person: int) -> Answers:
    return Answers({"well": "good"}, {"words": _secret(person)})


def _secret(person: int) -> str:
    return f"Det vet bara person {person}."


def _address(person: int) -> str:
    return f"person{person}@example.org"


def _receipt_on(html: str) -> str:
    return html.partition('<bdi dir="ltr">')[2].partition("<")[0].replace("-", "")


def _begun_openly(client: FlaskClient, place: str, public_id: str) -> str:
    """The code somebody gets who comes by a poster."""
    begun = client.post(f"/q/{place}/start", data={"csrf_token": form_value(public_id)})
    found = re.search(r"/a/([0-9A-Z]{16})/", begun.headers["Location"])
    assert found
    return found[1]


def _waiting(engine: Engine, round_id: int) -> list[tuple[bytes, bytes]]:
    with engine.connect() as connection:
        place = "ctid" if engine.dialect.name == "postgresql" else "id"
        if place == "id" and has_rowid(connection, "waiting_responses"):
            place = "rowid"
        rows = connection.execute(
            text(
                f"SELECT id, sealed FROM waiting_responses WHERE round_id = :round ORDER BY {place}"
            ),
            {"round": round_id},
        )
        return [(bytes(key), bytes(content)) for key, content in rows]


def _delivered(scene: Scene, *, empty_sink: bool) -> list[str]:
    """What lies in people's own mailboxes, which nobody but they can read; the sink is emptied."""
    sink = scene.folder / "mail"
    runner = MailRunner(scene.sessions, MaildirTransport(sink), "n@example.org", "forensic")
    while runner.deliver_due(threading.Event()):
        pass
    found: dict[str, str] = {}
    for path in sink.rglob("*"):
        if not path.is_file():
            continue
        mail = path.read_bytes().replace(b"=\r\n", b"").replace(b"=\n", b"").decode()
        link = re.search(r"/a/([0-9A-Z]{32})", mail)
        to = re.search(r"^To: (\S+)", mail, re.MULTILINE)
        assert link
        assert to
        found[to[1]] = link[1]
        if empty_sink:
            path.unlink()
    return [found[_address(person)] for person in range(scene.mailed)]


@pytest.fixture
def scene(
    engine: Engine,
    config: Config,
    county: object,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> Iterator[Scene]:
    made = Scene(engine, config, tmp_path, capfd)
    yield made
    if made.engine is not engine:
        made.engine.dispose()


def begin(scene: Scene, engine: Engine) -> FlaskClient:
    """From here on the attacker sees everything."""
    scene.engine = engine
    app = create_app(scene.config, engine)
    lay_out_anew(engine)
    scene.log_start = log_position(engine)
    return FlaskClient(app)


def go_on(scene: Scene, client: FlaskClient, engine: Engine) -> None:
    """The same application on another connection to its database."""
    scene.engine = engine
    client.application.extensions[EXTENSION].sessions.configure(bind=engine)


# -- the attacks ---------------------------------------------------------------------------------

MAILS = "mails in the outbox against links"
ADDRESSES = "addresses readable in any file"
LINKS = "links readable in any file"
RECEIPTS = "receipts readable in any file"
WORDS = "words of waiting answers readable"
CODE = re.compile(rb"[0-9A-Z]{16,}")
SHAPES = {
    ADDRESSES: re.compile(rb"person\d+@example\.org"),
    LINKS: CODE,
    RECEIPTS: CODE,
    WORDS: re.compile(rb"Det vet bara person \d+\."),
}


def attack(scene: Scene, moment: str) -> dict[str, int]:
    """Every attack's number of people whose answer it found, printed."""
    scene.check_looks()
    loot, truth = scene.loot(), scene.truth()
    linked = {
        name: sum(1 for person, key in find(loot).items() if truth.get(person) == key)
        for name, find in ATTACKS.items()
    }
    secrets = {
        ADDRESSES: {person: _address(person) for person in range(scene.mailed)},
        LINKS: {person: link for person, link in enumerate(scene.links) if link},
        RECEIPTS: scene.receipts,
        WORDS: {person: _secret(person) for person in scene.order if person not in truth},
    }
    for shape in dict.fromkeys(SHAPES.values()):
        some = {name: secrets[name] for name in SHAPES if SHAPES[name] is shape}
        linked |= {name: len(found) for name, found in readable(shape, some, loot.files).items()}
    return _printed(scene, moment, linked)


def _printed(scene: Scene, moment: str, linked: dict[str, int]) -> dict[str, int]:
    for name, count in linked.items():
        sys.stdout.write(
            f"{scene.engine.dialect.name} · {moment} · {name}: {count} of {PEOPLE} linked\n"
        )
    return linked


def attack_mails(scene: Scene) -> dict[str, int]:
    """Before anybody answers. Mails in the order of the outbox, beside links as they are stored."""
    with scene.sessions() as session:
        mails = session.scalars(
            select(OutboxMail.recipient_index)
            .where(OutboxMail.template == LINK_MAIL)
            .order_by(OutboxMail.id)
        ).all()
    person_of = {email_index(_address(person)): person for person in range(scene.mailed)}
    link_of = {access_hash(link): person for person, link in enumerate(scene.links)}
    pairs = by_outbox(scene.engine, scene.round_id, [person_of[mail] for mail in mails])
    fitting = sum(1 for person, link in pairs if person == link_of.get(link))
    return _printed(scene, "before the first answer", {MAILS: fitting})


def arriving() -> list[int]:
    people = list(range(PEOPLE))
    random.Random(SEED).shuffle(people)
    return people


# -- what is promised ----------------------------------------------------------------------------


def test_51_nobody_is_found_behind_an_anonymous_answer(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite first with a write-ahead log, then with the rollback journal of older versions."""
    client = begin(scene, leaks.engine_with(monkeypatch, scene.engine, "WAL"))
    scene.mailed = MAILED
    scene.open_round()
    place = _other_ways_in(scene)
    scene.save()
    found = {"before": attack_mails(scene)}
    people, late = _in_time_and_late()
    scene.answer_in_pages(client, people[: PEOPLE // 2], place)
    scene.mix()
    scene.save()
    found["middle"] = attack(scene, "in the middle")
    go_on(scene, client, leaks.engine_with(monkeypatch, scene.engine, "TRUNCATE"))
    scene.answer_in_pages(client, people[PEOPLE // 2 : -JOURNALS], place)
    with keep_journals(scene.engine, scene.journals):
        scene.answer_in_pages(client, people[-JOURNALS:], place)
        scene.close()
        scene.type_late(late)
        found["late"] = attack(scene, "while late papers wait")
        scene.end_late()
    scene.save()
    found["after"] = attack(scene, "when all is over")
    with scene.sessions() as session:
        closed = round_by_id(session, scene.round_id)
        assert closed.response_count == PEOPLE
        assert not temporary_keys.has_key(answers_key(closed.public_id))
    assert bool(scene.journals) is (scene.engine.dialect.name == "sqlite")
    for moment, linked in found.items():
        for name, count in linked.items():
            assert count <= CHANCE, f"{moment}, {name}: {count} of {PEOPLE}"


def _in_time_and_late() -> tuple[list[int], list[int]]:
    people = arriving()
    late = [person for person in people if person >= PEOPLE - ON_PAPER][:LATE]
    return [person for person in people if person not in late], late


def _other_ways_in(scene: Scene) -> str:
    """Codes for papers, and an open link; the link's code."""
    with scene.sessions() as session:
        found = round_by_id(session, scene.round_id)
        papers = issue_typed_codes(session, SYSTEM, found, ON_PAPER)
        place = make_open_links(session, SYSTEM, found, [None])[0].code
        session.commit()
    scene.links += [""] * BY_OPEN_LINK + papers
    return place


# -- that the attacks bite -----------------------------------------------------------------------


def test_51_the_attacks_find_everybody_where_answers_are_stored_as_they_arrive(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Test only: numbered rows, beside the link, in a log that nobody empties."""
    leaks.store_as_it_comes(monkeypatch)
    leaks.wipe_nothing(monkeypatch)
    leaky = leaks.engine_with(monkeypatch, scene.engine, "WAL", "wal_autocheckpoint=0")
    leaks.number_rows(leaky, "responses", "access_tokens")
    begin(scene, leaky)
    scene.open_round()
    scene.save()
    links = attack_mails(scene)
    scene.answer_in_services(arriving())
    scene.save()
    found = {**attack(scene, "while open"), **links}
    bitten = {name for name, count in found.items() if count >= NEARLY_ALL}
    expected = {
        "transaction of link and answer",
        "numbers before and after",
        "order of rows against order of arrival",
        "place on disk against order of arrival",
        "write-ahead log",
        "a backup read as data",
        "difference of two backups",
        MAILS,
    }
    assert bitten >= expected, f"these do not bite: {sorted(expected - bitten)}"


def test_51_the_attacks_find_everybody_where_nothing_is_sealed_or_wiped(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Test only: answers wait readable, deleted rows and journals stay, the mail sink is kept."""
    leaks.wait_in_the_open(monkeypatch)
    leaks.wipe_nothing(monkeypatch)
    pragmas = ("secure_delete=OFF", "cache_size=-64000")
    leaky = leaks.engine_with(monkeypatch, scene.engine, "PERSIST", *pragmas)
    leaks.number_rows(leaky, "waiting_responses")
    begin(scene, leaky)
    scene.open_round(empty_sink=False)
    scene.answer_in_services(arriving())
    waiting = attack(scene, "while all wait")
    scene.close()
    closed = attack(scene, "after closing")
    assert {name for name in (ADDRESSES, LINKS, WORDS) if waiting[name] < NEARLY_ALL} == set()
    assert closed["waiting answers"] >= NEARLY_ALL
    assert closed[RECEIPTS] >= NEARLY_ALL  # in rows that were deleted
    if scene.engine.dialect.name == "sqlite":
        assert closed["rollback journal"] >= NEARLY_ALL
