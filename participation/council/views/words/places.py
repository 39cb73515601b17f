"""Sentences about residents' places in groups."""

from collections.abc import Sequence

from participation.council.models import (
    Representation,
)
from participation.council.queries import Places
from participation.council.rules.places import RepresentationKind
from participation.foundation.i18n import format_number, ngettext
from participation.foundation.i18n import gettext as _


def place_title(place: Places, locale_code: str) -> str:
    """The group, and which kind of place where it has both."""
    name = place.group.name_in(locale_code)
    if place.kind is RepresentationKind.ALTERNATE:
        return _("%(group)s, alternate", group=name)
    return name


def place_people(place: Places) -> str:
    """Who holds the places, by the names they chose, as everybody sees it."""
    names = [item.public_name or _anonymous(item) for item in place.held]
    return ", ".join([*names, empty_places(place)] if place.free else names)


def empty_places(place: Places) -> str:
    """ "2 empty places" """
    return ngettext("%(num)s empty place", "%(num)s empty places", place.free)


def _anonymous(item: Representation) -> str:
    if item.seat is not None:
        return _("Seat %(number)s", number=item.seat.number)
    return _("Somebody from the interest bank")


def places_words(places: Sequence[Places]) -> str:
    """ "Six of eight places for residents are filled." """
    wanted = sum(place.wanted for place in places)
    filled = sum(len(place.held) for place in places)
    return ngettext(
        "%(filled)s of %(num)s place for residents is filled.",
        "%(filled)s of %(num)s places for residents are filled.",
        wanted,
        filled=format_number(filled),
    )
