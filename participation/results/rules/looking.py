"""When staff may look at unpublished answers of an anonymous round again."""


def tells_of_few(answers: int, last_shown: int | None, minimum: int) -> bool:
    """Whether two looks, put side by side, would show what fewer than `minimum` people answered.

    Somebody takes an answer back by telephone: the tables before and after differ by that answer.

    >>> tells_of_few(120, None, 5), tells_of_few(119, 120, 5), tells_of_few(115, 120, 5)
    (False, True, False)
    """
    return last_shown is not None and 0 < abs(answers - last_shown) < minimum
