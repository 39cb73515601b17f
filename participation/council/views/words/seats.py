"""Sentences about seats: how many are filled, who steps in, who is asked."""

from collections.abc import Mapping, Sequence

from participation.council.models import (
    CouncilSeat,
    CouncilTerm,
    SeatOffer,
)
from participation.council.queries import CouncilPage
from participation.council.rules.offers import OFFER_LABELS, OfferState
from participation.council.rules.succession import VACANCY_LABELS
from participation.council.views.words.names import Mark, inside_name
from participation.foundation.i18n import current_locale, format_day, format_number, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission


def lead_seats(page: CouncilPage) -> str:
    """ "11 of 12 seats are filled." """
    total = len(page.ordinary)
    return ngettext(
        "%(filled)s of %(num)s seat is filled.",
        "%(filled)s of %(num)s seats are filled.",
        total,
        filled=format_number(page.filled),
    )


def term_words(term: CouncilTerm) -> str:
    return _(
        "Term of office %(start)s – %(end)s",
        start=format_day(term.starts_on),
        end=format_day(term.ends_on),
    )


def seats_description(page: CouncilPage) -> str:
    """The seat map for those who do not see it."""
    total = ngettext(
        "%(num)s seat around a table.", "%(num)s seats around a table.", len(page.ordinary)
    )
    empty = [str(seat.number) for seat in page.ordinary if seat.is_vacant]
    parts = [total]
    if empty:
        parts.append(
            ngettext(
                "Seat %(which)s is empty.",
                "The seats %(which)s are empty.",
                len(empty),
                which=", ".join(empty),
            )
        )
    return " ".join([*parts, _("Names stand in the list.")])


def vacancy(seat: CouncilSeat) -> str:
    if seat.vacant_since is None:
        return _("Not filled yet")
    return _("Empty since %(day)s", day=format_day(seat.vacant_since))


def vacancy_reason(seat: CouncilSeat) -> str:
    """Why a seat became empty, for those who appoint."""
    kind = str(VACANCY_LABELS[seat.vacant_kind]) if seat.vacant_kind else ""
    return ". ".join(part for part in (kind, seat.vacant_reason or "") if part)


def seat_label(seat: CouncilSeat) -> str:
    """ "Seat 3: Alva Mallgren", for those who appoint."""
    assert seat.member is not None
    name = inside_name(seat.member)
    if seat.is_alternate:
        return _("Alternate %(number)s: %(name)s", number=seat.number, name=name)
    return _("Seat %(number)s: %(name)s", number=seat.number, name=name)


def alternate_label(seat: CouncilSeat) -> str:
    """An alternate with where they live, so that one sees what becomes of the spread."""
    member = seat.member
    if member is None or member.is_protected or member.municipality is None:
        return seat_label(seat)
    return f"{seat_label(seat)}, {member.municipality.name_in(current_locale())}"


def public_names(seats: Sequence[CouncilSeat]) -> Mapping[int, str]:
    """By member's id, the names that members want everybody to see. The others have none."""
    return {
        seat.member_id: seat.public_name
        for seat in seats
        if seat.member_id is not None and seat.public_name is not None
    }


def empty_mark(offer: SeatOffer | None, may_appoint: bool) -> Mark:
    """Empty; or, for those who appoint, that somebody is asked."""
    if may_appoint and offer is not None:
        return "going", _("Asked, answers by %(day)s", day=format_day(offer.reply_by))
    return "soon", _("Empty")


def offer_mark(offer: SeatOffer) -> Mark:
    """What became of a question about a seat."""
    shapes = {OfferState.ASKED.value: "going", OfferState.ACCEPTED.value: "done"}
    return shapes.get(offer.state, "no"), str(OFFER_LABELS[offer.state])


def may_appoint(actor: Actor) -> bool:
    """Whether the person leads the council's work: appoints, plans, throws away."""
    return actor.scope(Permission.MANAGE_COUNCIL).everywhere
