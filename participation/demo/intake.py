"""Notes that the coordinator has sent in and not yet taken in."""

from participation.coding.services.importing import receive_words
from participation.demo.cast import COORDINATOR
from participation.demo.year import Year

NAME = "Brevlådan i väntrummet"
NOTES = """Det vore bra med en klocka i väntrummet, så man ser om man hinner ut och röra på sig.

Tack till er i receptionen. Ni tittar upp när man kommer.

Jag hittade inte dit första gången. Skylten står bakom ett träd.

Kaffet är bra men stolarna är för låga för mig som har ont i höften."""


def send_notes(year: Year) -> None:
    """Sent this morning; nobody has said yes."""
    with year.calendar.stand_at(year.calendar.today, 8):
        receive_words(year.session, year.actor(COORDINATOR), NAME, NOTES)
