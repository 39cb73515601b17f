"""Keys for the seeds of successors: sealed before the draw, opened one by one.

A successor's lot may not follow from what is public, or whoever can foresee it can choose when to
leave. So a secret is made when the draw is sealed, before the seed from outside is known, and only
its seal is published: the secret hashed LENGTH times. The first successor's key is the value one
hash before the seal, the second's the one before that, and so on. A key that has been opened says
nothing about the next, but anybody can hash it back to the seal. Nobody could choose a secret that
pays, since it is mixed with a seed nobody knew then.
Source: Lamport, "Password authentication with insecure communication" (1981): the chain of hashes.
"""

from participation.selection.rules.replay_script import hashed

LENGTH = 10_000  # more successors than any draw will have; 15 ms to walk


def seal_of(secret: str) -> str:
    """What is published of a secret: 64 hexadecimal digits."""
    return hashed(secret, LENGTH)


def key_at(secret: str, place: int) -> str:
    """The key of the successor number `place` (1 … LENGTH − 1): `place` hashes before the seal.

    Raises ValueError when all keys are used up.
    """
    if not 1 <= place < LENGTH:
        raise ValueError("no key is left")
    return hashed(secret, LENGTH - place)


def seed_with_key(draws_seed: str, key: str) -> str:
    """The seed of a successor: the draw's own, from outside, and the key.

    >>> seed_with_key("4 8 15", "ab12")
    '4 8 15 / ab12'
    """
    return f"{draws_seed} / {key}"
