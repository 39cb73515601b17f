"""A project from another coding program waits for the coordinator's yes."""

from collections.abc import Sequence
from uuid import UUID

from participation.coding.rules.exchange import (
    QdaCode,
    QdaCoding,
    QdaProject,
    QdaText,
    QdaUser,
    write_project,
)
from participation.coding.services.exchange import receive_file
from participation.demo.cast import COORDINATOR
from participation.demo.year import Year

FILE = "Gruppsamtal om väntan.qdpx"
# The words of each text, and what in them has which code.
TALKS: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
    (
        "Vi väntade i sju veckor och ingen sa varför. Det värsta var inte tiden. Det var tyst.",
        (("ingen sa varför", "Besked"), ("Det värsta var inte tiden", "Väntetid")),
    ),
    (
        "När jag fick ett namn att ringa blev det lugnare, fast det tog lika lång tid.",
        (("ett namn att ringa", "Besked"),),
    ),
    (
        "Bussen går två gånger om dagen. En halvtimmes besök tar hela dagen för oss på ön.",
        (("Bussen går två gånger om dagen", "Resan dit"),),
    ),
)
CODES = ("Väntetid", "Besked", "Resan dit")


def send_project(year: Year) -> None:
    """Sent by the coordinator some days ago; nobody has said yes."""
    with year.calendar.stand_at(year.calendar.today, 8):
        receive_file(year.session, year.actor(COORDINATOR), FILE, write_project(_project()))


def _guid(number: int) -> str:
    return str(UUID(int=number, version=4))


def _project() -> QdaProject:
    codes = {name: _guid(number) for number, name in enumerate(CODES, start=2)}
    users = tuple(QdaUser(guid=_guid(90 + n), name=f"Testkodare {n}") for n in (1, 2))
    texts = (
        QdaText(
            guid=_guid(10 + number),
            name=f"Samtal {number}",
            text=words,
            codings=tuple(
                QdaCoding(
                    start=words.index(passage),
                    end=words.index(passage) + len(passage),
                    code=codes[code],
                    user=users[number % 2].guid,
                )
                for passage, code in marked
            ),
            values=(("Roll", "Närstående"),),
        )
        for number, (words, marked) in enumerate(TALKS, start=1)
    )
    return QdaProject(
        title="Gruppsamtal om väntan",
        codes=(
            QdaCode(
                guid=_guid(1),
                name="Att vänta",
                is_codable=False,
                codes=tuple(QdaCode(guid=guid, name=name) for name, guid in codes.items()),
            ),
        ),
        users=users,
        texts=tuple(texts),
    )
