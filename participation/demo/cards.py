"""Comment cards that the coordinator took in and coded: enough of the same for a machine to learn.

Nothing of what is suggested is laid in: the worker learns it from these codes, as from anybody's.
"""

from sqlalchemy import select

from participation.coding.models import Code, Codebook, Material, MaterialText
from participation.coding.queries.starting import starting_book
from participation.coding.rules.intake import Division
from participation.coding.services import apply_code, review_text, set_aside
from participation.coding.services.codebooks import new_codebook, use_codebook
from participation.coding.services.importing import receive_words, take_in_words
from participation.demo.cast import COORDINATOR
from participation.demo.year import Year
from participation.foundation.i18n import DEFAULT_LOCALE

BEGUN_FROM = "patient_survey"


def code_cards(year: Year) -> None:
    """Taken in, read through and coded; the newest cards wait for the visitor."""
    told = year.texts.comment_cards
    actor = year.actor(COORDINATOR)
    words = [*(card["text"] for card in told["cards"]), *told["waiting"]]
    with year.calendar.stand_at(year.calendar.weeks_back(told["sent_weeks_ago"]), 9):
        received = receive_words(year.session, actor, told["title"], "\n\n".join(words))
        material = take_in_words(
            year.session, actor, received, title=told["title"], how=Division.PARAGRAPHS
        )
        material.is_fictional = True
        book = new_codebook(
            year.session,
            actor,
            told["title"],
            starting_book(year.session, BEGUN_FROM, DEFAULT_LOCALE),
        )
        use_codebook(year.session, material, book)
        _code(year, material, book)


def _code(year: Year, material: Material, book: Codebook) -> None:
    actor, session = year.actor(COORDINATOR), year.session
    codes = {
        code.key: code for code in session.scalars(select(Code).where(Code.codebook_id == book.id))
    }
    cards = {card["text"]: card.get("codes", {}) for card in year.texts.comment_cards["cards"]}
    texts = session.scalars(
        select(MaterialText)
        .where(MaterialText.material_id == material.id)
        .order_by(MaterialText.number)
    ).all()
    for text in texts:
        review_text(session, actor, text, [])
        if text.text not in cards:
            continue
        if not cards[text.text]:
            set_aside(session, actor, text)
        for key, words in cards[text.text].items():
            start = text.text.index(words)
            apply_code(session, actor, text, codes[key], start=start, end=start + len(words))
