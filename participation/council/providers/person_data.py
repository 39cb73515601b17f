"""What the council holds about one person, and what becomes of it when they ask for erasure."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from participation.council import queries
from participation.council.models import CouncilSeat, Representation, SeatOffer, SeatPast
from participation.council.rules.offers import OFFER_LABELS
from participation.council.services import hide_seat, leave_council
from participation.foundation.i18n import current_locale, format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import SYSTEM
from participation.foundation.providers import Address, DataSection
from participation.interest_bank.queries import own_membership

PastSeats = Sequence[tuple[SeatPast, CouncilSeat]]


class SeatData:
    """What the council holds about one person: seats, consent to be shown, representations."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        seat = queries.own_seat(session, account_id)
        past = queries.own_past_seats(session, account_id)
        represents = queries.representations_of_person(session, account_id)
        offers = queries.own_offers(session, account_id)
        # Only who sits, or sat, has promised anything in a meeting.
        promises = queries.own_promises(session, account_id) if seat or past else []
        if not any((seat, past, represents, offers, promises)):
            return
        yield DataSection(
            title=_("Development council"),
            rows=(
                *_seat_rows(seat),
                *_past_rows(past),
                *_representation_rows(represents),
                *_offer_rows(offers),
                *((_("You have promised"), decision.text) for decision in promises),
            ),
            raw={
                "seat": seat and _raw_seat(seat),
                "earlier_seats": [_raw_past(gone, old) for gone, old in past],
                "representations": [_raw_representation(item) for item in represents],
                "offers": [_raw_offer(offer) for offer in offers],
                "promises": [decision.text for decision in promises],
            },
            edit=_where_to_change(seat, represents),
        )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        kept = list(self.kept(session, account_id))
        seat = queries.own_seat(session, account_id)
        if seat is not None:
            hide_seat(session, SYSTEM, seat)
        member = own_membership(session, account_id)
        if member is not None:
            leave_council(session, SYSTEM, member.id)
        return kept

    def kept(self, session: Session, account_id: int) -> Iterable[str]:
        if queries.own_seat(session, account_id) or queries.own_past_seats(session, account_id):
            yield _(
                "That a seat in the development council was held, and when, but not by whom: "
                "the council's decisions must be possible to follow."
            )


def _where_to_change(
    seat: CouncilSeat | None, represents: Sequence[Representation]
) -> Address | None:
    if seat is not None:
        return Address(endpoint="council.my_seat")
    return Address(endpoint="council.my_places") if represents else None


def _seat_rows(seat: CouncilSeat | None) -> Iterable[tuple[str, str]]:
    if seat is None or seat.since is None:
        return
    yield _("Seat"), _since(seat.number, seat.since)
    yield _("Shown to everybody as"), seat.shown_name or _("Nobody sees your name")
    yield _("A line about you"), seat.shown_about or ""


def _past_rows(past: PastSeats) -> Iterable[tuple[str, str]]:
    for gone, old in past:
        span = f"{format_day(gone.since)} – {format_day(gone.until)}"
        yield _("Earlier seat"), f"{old.number}, {span}"


def _representation_rows(represents: Sequence[Representation]) -> Iterable[tuple[str, str]]:
    for item in represents:
        yield _("Represents residents in"), item.group.name_in(current_locale())


def _offer_rows(offers: Sequence[SeatOffer]) -> Iterable[tuple[str, str]]:
    for offer in offers:
        answer = str(OFFER_LABELS[offer.state])
        yield _("Asked about a seat"), f"{format_day(offer.created_at)}. {answer}"


def _raw_offer(offer: SeatOffer) -> dict[str, Any]:
    return {
        "asked_at": offer.created_at.isoformat(),
        "seat": offer.seat.number,
        "is_alternate": offer.seat.is_alternate,
        "answer": offer.state,
        "reason": offer.reason,
    }


def _since(number: int, since: date) -> str:
    return _("%(number)s, since %(day)s", number=number, day=format_day(since))


def _raw_seat(seat: CouncilSeat) -> dict[str, Any]:
    return {
        "number": seat.number,
        "since": seat.since and seat.since.isoformat(),
        "shown_name": seat.shown_name,
        "shown_about": seat.shown_about,
        "shows_municipality": seat.shows_municipality,
    }


def _raw_past(gone: SeatPast, seat: CouncilSeat) -> dict[str, Any]:
    return {
        "number": seat.number,
        "since": gone.since.isoformat(),
        "until": gone.until.isoformat(),
        "kind": gone.kind,
        "reason": gone.reason,
    }


def _raw_representation(item: Representation) -> dict[str, Any]:
    return {
        "group": item.group.key,
        "kind": item.kind,
        "from": item.from_on.isoformat(),
        "to": item.to_on and item.to_on.isoformat(),
        "shown_name": item.shown_name,
    }
