"""TRUST 51: whoever gets every file cannot tell whose an anonymous answer is.

300 invented people answer in random order through the real application. An attacker with every
file attacks in the middle of the round and after closing; chance alone finds a few. The same
attacks on a build that leaks find nearly everybody, which proves that they bite.
"""

import random
import re
import sys
import tarfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.backup import backup
from participation.foundation.config import Config
from participation.foundation.crypto import email_index
from participation.foundation.outbox.delivery import MailRunner
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.outbox.transports import MaildirTransport
from participation.foundation.permissions import SYSTEM
from participation.foundation.temporary_keys import has_key
from participation.questionnaires.jobs import DestroyKeys, MixAnswers, SendLinks
from participation.questionnaires.models import AccessToken, Response, ResponseText, SurveyRound
from participation.questionnaires.queries import round_by_id
from participation.questionnaires.rules import codes
from participation.questionnaires.rules.contacts import Contact
from participation.questionnaires.rules.mixing import LINK_MAIL, answers_key
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.rules.sealing import access_hash, form_value
from participation.questionnaires.services import answering, close_round, mailing, rewriting
from participation.questionnaires.services.mailing import add_contacts
from tests.factories.questionnaires import make_round
from tests.support.attacker import (
    ATTACKS,
    Loot,
    every_file,
    lay_out_anew,
    log_position,
    readable,
)
from tests.support.jobs import Quiet

PEOPLE = 300
CHANCE = 5
NEARLY_ALL = 290
SEED = 51  # the draws are the same in every run, or chance itself would fail the test at times
NEVER_BACKED_UP = ("response_drafts", "waiting_responses")

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
    """Codes and mixing are drawn from a known source; what is attacked is the same."""
    source = random.Random(SEED)
    monkeypatch.setattr(codes, "RANDOM", source)
    monkeypatch.setattr(rewriting, "RANDOM", source)
    monkeypatch.setattr(mailing, "RANDOM", source)


@dataclass
class Scene:
    """A round being answered, and what the attacker can lay hands on."""

    app: Flask
    engine: Engine
    sessions: sessionmaker[Session]
    config: Config
    folder: Path
    log_start: str | None
    capture: pytest.CaptureFixture[str]
    round_id: int = 0
    links: list[str] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    receipts: dict[int, str] = field(default_factory=dict)
    backups: list[Path] = field(default_factory=list)
    logged: str = ""

    def answer(self, persons: Sequence[int]) -> None:
        client = FlaskClient(self.app)  # the pages themselves are looked at elsewhere
        for person in persons:
            link = self.links[person]
            proof = {"csrf_token": form_value(link)}
            client.post(f"/a/{link}/start", data=proof)
            said = {"q_well": "good", "q_words": _secret(person)}
            client.post(f"/a/{link}/all", data={**proof, **said})
            with self.sessions() as session:
                public_id = round_by_id(session, self.round_id).public_id
            sent = client.post(f"/a/{link}/send", data={**proof, "round": public_id})
            assert sent.status_code == 200
            self.order.append(person)
            self.receipts[person] = _receipt_on(sent.text)

    def mix(self) -> None:
        MixAnswers().run(self.sessions, Quiet())

    def close(self) -> None:
        with self.sessions() as session:
            close_round(session, round_by_id(session, self.round_id), SYSTEM)
            session.commit()
        DestroyKeys().run(self.sessions, Quiet())

    def save(self) -> None:
        target = self.folder / f"backup{len(self.backups)}.tar"
        config = _backup_config(self.config, self.engine)
        backup(config, self.engine, target, NEVER_BACKED_UP)
        self.backups.append(target)

    def loot(self) -> Loot:
        self.logged += "".join(self.capture.readouterr())
        files = every_file(self.engine, self.log_start, [self.folder])
        files["log lines"] = self.logged.encode()
        copies = [_database_in(one, self.folder) for one in self.backups]
        return Loot(
            engine=self.engine,
            round_id=self.round_id,
            order=self.order,
            link_hashes={access_hash(link): person for person, link in enumerate(self.links)},
            files=files,
            copies=[copy for copy in copies if copy is not None],
        )

    def truth(self) -> dict[int, bytes]:
        """Whose each stored answer really is: everybody wrote something only they know."""
        with self.sessions() as session:
            rows = session.execute(select(ResponseText.text, ResponseText.response_id))
            return {int(words.rpartition(" ")[2]): bytes(key) for words, key in rows}


def _secret(person: int) -> str:
    return f"Det vet bara person {person}"


def _receipt_on(html: str) -> str:
    return html.partition('<bdi dir="ltr">')[2].partition("<")[0].replace("-", "")


def _backup_config(config: Config, engine: Engine) -> Config:
    return Config(**{**config.__dict__, "database_url": engine.url.render_as_string(False)})


def _database_in(saved: Path, folder: Path) -> Path | None:
    """The SQLite file of a backup; PostgreSQL's dump is read as bytes with the other files."""
    with tarfile.open(saved) as archive:
        if "database.sqlite3" not in archive.getnames():
            return None
        member = archive.extractfile("database.sqlite3")
        assert member is not None
        target = folder / f"{saved.stem}.sqlite3"
        target.write_bytes(member.read())
    return target


@pytest.fixture
def scene(
    app: Flask,
    county: object,
    engine: Engine,
    sessions: sessionmaker[Session],
    config: Config,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> Scene:
    lay_out_anew(engine)
    return Scene(app, engine, sessions, config, tmp_path, log_position(engine), capfd)


def open_round(scene: Scene, people: int) -> None:
    with scene.sessions() as session:
        made = make_round(session, QUESTIONNAIRE, mode=Mode.ANONYMOUS, slug=None)
        session.commit()
        scene.round_id = made.id
        contacts = [Contact(_address(person), "sv") for person in range(people)]
        add_contacts(session, SYSTEM, made, contacts)
        session.commit()
    SendLinks().run(scene.sessions, Quiet(round_id=scene.round_id))
    scene.links = _delivered(scene, people)
    DestroyKeys().run(scene.sessions, Quiet())


def _address(person: int) -> str:
    return f"person{person}@example.org"


def _delivered(scene: Scene, people: int) -> list[str]:
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
        path.unlink()
    return [found[_address(person)] for person in range(people)]


def attack(scene: Scene, moment: str, people: int) -> dict[str, int]:
    """Every attack's number of people whose answer it found, printed."""
    loot, truth = scene.loot(), scene.truth()
    linked = {
        name: sum(1 for person, key in find(loot).items() if truth.get(person) == key)
        for name, find in ATTACKS.items()
    }
    link_of = dict(enumerate(scene.links))
    linked["mails in the outbox against links"] = _by_outbox(scene)
    linked["addresses readable in any file"] = len(
        readable({person: _address(person) for person in scene.order}, loot.files)
    )
    linked["links readable in any file"] = len(readable(link_of, loot.files))
    linked["receipts readable in any file"] = len(readable(scene.receipts, loot.files))
    linked["words of waiting answers readable"] = len(
        readable(
            {person: _secret(person) + "." for person in scene.order if person not in truth},
            loot.files,
        )
    )
    for name, count in linked.items():
        sys.stdout.write(
            f"{scene.engine.dialect.name} · {moment} · {name}: {count} of {people} linked\n"
        )
    return linked


def _by_outbox(scene: Scene) -> int:
    """Mails in the order of the outbox, beside links in the order they are stored; how many fit."""
    with scene.sessions() as session:
        mails = session.scalars(
            select(OutboxMail.recipient_index)
            .where(OutboxMail.template == LINK_MAIL)
            .order_by(OutboxMail.id)
        ).all()
        place = AccessToken.hash if scene.engine.dialect.name == "sqlite" else text("ctid")
        stored = session.scalars(
            select(AccessToken.hash).where(AccessToken.round_id == scene.round_id).order_by(place)
        ).all()
    person_of = {email_index(_address(person)): person for person in range(len(scene.links))}
    link_of = {access_hash(link): person for person, link in enumerate(scene.links)}
    pairs = zip(mails, stored, strict=False)
    return sum(1 for mail, link in pairs if person_of[mail] == link_of.get(bytes(link)))


def hold_round(scene: Scene, people: int) -> dict[str, dict[str, int]]:
    """Half answer, the attacker comes; the rest answer, the round closes, the attacker returns."""
    arriving = list(range(people))
    random.Random(SEED).shuffle(arriving)
    open_round(scene, people)
    scene.answer(arriving[: people // 2])
    scene.mix()
    scene.save()
    found = {"middle": attack(scene, "in the middle", people)}
    scene.answer(arriving[people // 2 :])
    scene.close()
    scene.save()
    found["after"] = attack(scene, "after closing", people)
    return found


def test_51_nobody_is_found_behind_an_anonymous_answer(scene: Scene) -> None:
    people = PEOPLE
    found = hold_round(scene, people)
    with scene.sessions() as session:
        closed = round_by_id(session, scene.round_id)
        assert closed.response_count == people
        assert not has_key(answers_key(closed.public_id))
    for moment, linked in found.items():
        for name, count in linked.items():
            assert count <= CHANCE, f"{moment}, {name}: {count} of {people}"


def test_51_the_same_attacks_find_everybody_in_a_build_that_leaks(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Test only: answers with running numbers, stored as they arrive, beside the link."""
    arrived = iter(range(1, PEOPLE + 1))

    def store_as_it_comes(
        session: Session,
        survey_round: SurveyRound,
        receipt: str,
        row: Mapping[str, Any],
        texts: Sequence[Mapping[str, Any]],
    ) -> None:
        key = f"leaked{next(arrived):010d}".encode()
        session.execute(insert(Response), [{**row, "id": key}])
        session.execute(insert(ResponseText), [{**one, "response_id": key} for one in texts])

    monkeypatch.setattr(answering, "put_in_waiting", store_as_it_comes)
    found = hold_round(scene, PEOPLE)
    middle, after = found["middle"], found["after"]
    assert after["order of rows against order of arrival"] >= NEARLY_ALL
    if scene.engine.dialect.name == "postgresql":
        assert after["place on disk against order of arrival"] >= NEARLY_ALL
        assert middle["transaction of link and answer"] >= NEARLY_ALL // 2
