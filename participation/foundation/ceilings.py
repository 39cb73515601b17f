"""A ceiling on how often something may happen, counted in memory and for everybody together.

For pages where an address must not be stored (TRUST 46): nothing here knows who asked, and a
restart forgets it all. Each process has its own, so the installation's ceiling is theirs added.
"""

import time
from collections.abc import Callable
from threading import Lock


class TokenBucket:
    """`burst` at once, then `per_second` in the long run.

    >>> still = TokenBucket(burst=1, per_second=1, clock=lambda: 0.0)
    >>> still.take(), still.take()
    (True, False)
    """

    def __init__(
        self, *, burst: int, per_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst = float(burst)
        self._per_second = per_second
        self._clock = clock
        self._left = self._burst
        self._counted_at = clock()
        self._lock = Lock()

    def take(self) -> bool:
        """Whether there was room for one more; if so, it is used."""
        with self._lock:
            moment = self._clock()
            gained = (moment - self._counted_at) * self._per_second
            self._left = min(self._burst, self._left + gained)
            self._counted_at = moment
            if self._left < 1:
                return False
            self._left -= 1
            return True
