"""Probabilities as whole tickets: the lottery is a draw of one number and can be replayed."""

import numpy as np

from participation.selection.rules.solver import Vector

PLACES_PER_PERSON = 100
FEWEST, MOST = 1_000, 1_000_000


def how_many(people: int, seats: int) -> int:
    """A power of ten: enough tickets for an average person to be on about a hundred or more.

    >>> how_many(people=200, seats=12), how_many(2_000, 200), how_many(10_000, 12)
    (10000, 1000, 100000)
    """
    tickets = FEWEST
    while tickets * seats < PLACES_PER_PERSON * people and tickets < MOST:
        tickets *= 10
    return tickets


def apportioned(weights: Vector, panels: Vector, sizes: Vector, tickets: int) -> list[int]:
    """`weights` (sum one, one per row of `panels`) as whole numbers that sum to `tickets`.

    Largest remainders first; then single tickets move between panels as long as that brings the
    seats per person of each type (of `sizes` people) nearer to what the weights say.
    """
    exact = weights * tickets
    whole = np.floor(exact + 1e-9)
    missing = tickets - int(whole.sum())
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[:missing]] += 1
    _move_tickets(whole, exact, panels / sizes)
    return [int(number) for number in whole]


def _move_tickets(whole: Vector, exact: Vector, per_person: Vector) -> None:
    """Steepest descent on the squared errors per person; at most one round per panel."""
    error = (whole - exact) @ per_person
    lengths = (per_person**2).sum(axis=1)
    products = per_person @ per_person.T
    for _ in range(len(whole)):
        along = per_person @ error
        gain = (2 * along + lengths)[:, None] + (lengths - 2 * along)[None, :] - 2 * products
        gain[:, whole < 1] = np.inf
        np.fill_diagonal(gain, np.inf)
        to, source = np.unravel_index(int(np.argmin(gain)), gain.shape)
        if gain[to, source] >= -1e-12:
            return
        whole[to] += 1
        whole[source] -= 1
        error += per_person[to] - per_person[source]
