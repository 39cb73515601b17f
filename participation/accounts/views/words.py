"""Words of the start page: counts in words, and names of roles."""

from datetime import date
from typing import Any

from participation.accounts.forms import ROLE_NAMES
from participation.accounts.rules.waiting import Waiting, When
from participation.foundation.i18n import format_number, ngettext, pgettext
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.permissions import Role

HEADINGS: dict[When, Any] = {
    When.LATE: _l("Late"),
    When.TODAY: _l("Today"),
    When.THIS_WEEK: _l("This week"),
    When.LATER: _l("Later"),
    When.ANY_TIME: _l("When you have time"),
}


def role_names(codes: str) -> str:
    """ "coordinator,administrator" → names in the reader's language."""
    known = {role.value: str(ROLE_NAMES[role]) for role in Role}
    return ", ".join(known.get(code, "") for code in codes.split(",") if code in known)


def count_word(number: int) -> str:
    """Up to twelve in words, above in digits, with a capital: "Seven"."""
    words = (
        pgettext("count of things", "one"),
        pgettext("count of things", "two"),
        pgettext("count of things", "three"),
        pgettext("count of things", "four"),
        pgettext("count of things", "five"),
        pgettext("count of things", "six"),
        pgettext("count of things", "seven"),
        pgettext("count of things", "eight"),
        pgettext("count of things", "nine"),
        pgettext("count of things", "ten"),
        pgettext("count of things", "eleven"),
        pgettext("count of things", "twelve"),
    )
    word = words[number - 1] if 1 <= number <= len(words) else format_number(number)
    return word[:1].upper() + word[1:]


def heading(total: int) -> str:
    """What the start page is called: "Seven things are waiting for you"."""
    if not total:
        return _("Nothing is waiting for you")
    return ngettext(
        "One thing is waiting for you",
        "%(word)s things are waiting for you",
        total,
        word=count_word(total),
    )


def lead(waiting: Waiting) -> str:
    """What cannot wait: "One is late. Two need to be done today." """
    late, today = waiting.count(When.LATE), waiting.count(When.TODAY)
    sentences = []
    if late:
        sentences.append(
            ngettext("One is late.", "%(word)s are late.", late, word=count_word(late))
        )
    if today:
        sentences.append(
            ngettext(
                "One needs to be done today.",
                "%(word)s need to be done today.",
                today,
                word=count_word(today),
            )
        )
    return " ".join(sentences)


def due_text(due_on: date | None, today: date) -> tuple[str, str] | None:
    """The mark beside something with a date: (kind of status, words)."""
    if due_on is None or due_on == today:
        return None
    days = (due_on - today).days
    if days < 0:
        return "late", ngettext("%(num)s day late", "%(num)s days late", -days)
    return "soon", ngettext("In %(num)s day", "In %(num)s days", days)
