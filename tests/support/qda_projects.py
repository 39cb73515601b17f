"""Any project we could write, for round trips of tests and benchmarks."""

from uuid import UUID

from hypothesis import strategies as st

from participation.coding.rules.exchange import QdaCode, QdaCoding, QdaProject, QdaText, QdaUser
from participation.coding.rules.exchange.positions import line_feeds

ANY_TEXT = st.text(
    st.one_of(st.sampled_from("ab Å\n\r\t<&\"'👋🏽é\u2028\ufeff"), st.characters(codec="utf-8")),
    min_size=1,
    max_size=60,
)
NAMES = st.text(st.sampled_from("abÅ <&\"'\n\t👋"), max_size=12)
COLORS = st.sampled_from(["", "#0B5FA5", "#abc"])


@st.composite
def projects(draw: st.DrawFn) -> QdaProject:
    """Any project we could write: codes in a tree, passages that overlap, texts of any signs."""
    books = [
        QdaCode(
            guid=str(UUID(int=top * 1_000 + 1)),
            name=draw(NAMES),
            description=draw(NAMES),
            color=draw(COLORS),
            is_codable=draw(st.booleans()),
            codes=tuple(
                QdaCode(guid=str(UUID(int=top * 1_000 + 2 + low)), name=draw(NAMES))
                for low in range(draw(st.integers(0, 2)))
            ),
        )
        for top in range(1, draw(st.integers(2, 4)))
    ]
    known = [one.guid for top in books for one in top.walk()]
    users = [QdaUser(guid=str(UUID(int=900_000 + n)), name=draw(NAMES)) for n in range(2)]
    texts = [
        _text(draw, number, words, known, users)
        for number, words in enumerate(draw(st.lists(ANY_TEXT, max_size=3)))
        if words.strip() and words.strip("\ufeff\r\n\t ")
    ]
    return QdaProject(
        title=draw(NAMES),
        origin="Medskapa",
        memo=draw(NAMES),
        codes=tuple(books),
        users=tuple(users),
        texts=tuple(texts),
    )


def _text(
    draw: st.DrawFn, number: int, words: str, known: list[str], users: list[QdaUser]
) -> QdaText:
    words = line_feeds(words).lstrip("\ufeff")
    codings = set()
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(words) - 1))
        codings.add(
            QdaCoding(
                start=start,
                end=draw(st.integers(start + 1, len(words))),
                code=draw(st.sampled_from(known)),
                user=draw(st.sampled_from(["", *(user.guid for user in users)])),
            )
        )
    values = draw(st.sampled_from([(), (("Roll", "Patient"),), (("Roll", "a"), ("Kommun", "<b>"))]))
    return QdaText(
        guid=str(UUID(int=800_000 + number)),
        name=draw(NAMES),
        text=words,
        codings=tuple(sorted(codings)),
        values=values,
        question=draw(NAMES),
    )
