"""Names of those who answer in a round with names."""

NAME_LENGTH = 100


def is_same_name(known: str, typed: str) -> bool:
    """Whether somebody wrote the name we know; spaces and capitals are no difference.

    >>> is_same_name("Anna Berg", " anna  BERG "), is_same_name("Anna Berg", "Ali Berg")
    (True, False)
    """
    return _plain(known) == _plain(typed)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
