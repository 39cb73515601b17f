"""How anonymous answers leave their waiting room: through a pool that empties at closing only.

A batch has at least ten answers, and ten, chosen by lot, stay behind. So nobody can tell in which
batch an answer left, and the last batch, at closing, has ten again (TRUST 47).
"""

from participation.questionnaires.rules.rounds import Mode

BATCH = 10

# What mails about a round are called in the outbox.
ABOUT = "survey_round"
LINK_MAIL = "questionnaires/link"
REMINDER_MAIL = "questionnaires/reminder"


def batch_size(waiting: int, *, is_last: bool = False) -> int:
    """How many of `waiting` answers leave now; the last batch takes them all.

    >>> [batch_size(waiting) for waiting in (9, 19, 20, 150)], batch_size(7, is_last=True)
    ([0, 0, 10, 140], 7)
    """
    if is_last:
        return waiting
    return waiting - BATCH if waiting >= 2 * BATCH else 0


def answers_key(public_id: str) -> str:
    """The name of the key that waiting answers of a round are sealed with."""
    return f"round-{public_id}-answers"


def links_key(public_id: str) -> str:
    """The name of the key that links in mails of a round are sealed with."""
    return f"round-{public_id}-links"


def round_of_key(name: str) -> str | None:
    """The public id of the round a key belongs to, None for other keys.

    >>> round_of_key(links_key("k7f3xk7f3xk7")), round_of_key("other")
    ('k7f3xk7f3xk7', None)
    """
    first, _, rest = name.partition("-")
    public_id, _, what = rest.partition("-")
    return public_id if first == "round" and what in {"answers", "links"} else None


def is_mixed(mode: str) -> bool:
    """Whether answers of a round in this mode wait for a batch."""
    return mode == Mode.ANONYMOUS
