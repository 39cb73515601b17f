"""The sealed pool as appointed observers get it: enough to work out every chance anew."""

import json

from sqlalchemy.orm import Session

from participation.foundation.errors import NotFound
from participation.selection.models import Draw
from participation.selection.rules.replay import commitment
from participation.selection.services.pool import frozen_pool


def full_file(session: Session, draw: Draw) -> str:
    """JSON with the pool, the salt, the hash and whether the hash still fits.

    It never fits any more once somebody has been erased: their traits are gone. No names, no ids.
    Raises NotFound before the draw was sealed.
    """
    if draw.commitment is None or draw.salt is None:
        raise NotFound
    pool = frozen_pool(session, draw)
    return json.dumps(
        {
            "commitment": draw.commitment,
            "salt": draw.salt,
            "hash_fits": commitment(pool, draw.salt) == draw.commitment,
            "seats": draw.seats,
            "quotas": {
                feature: {value: [q.minimum, q.maximum] for value, q in values.items()}
                for feature, values in pool.quotas.items()
            },
            "people": [
                {"number": p.number, "values": dict(p.values), "household": p.household}
                for p in pool.people
            ],
            "fingerprint": draw.fingerprint,
        },
        ensure_ascii=False,
        indent=1,
    )
