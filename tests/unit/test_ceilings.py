"""The ceiling that knows nobody: a burst, then a steady rate."""

from participation.foundation.ceilings import TokenBucket


class HandClock:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_after_the_burst_there_is_room_at_the_steady_rate() -> None:
    clock = HandClock()
    bucket = TokenBucket(burst=3, per_second=2, clock=clock)
    assert [bucket.take() for _one in range(4)] == [True, True, True, False]
    clock.at += 0.5
    assert [bucket.take(), bucket.take()] == [True, False]


def test_a_long_rest_saves_no_more_than_the_burst() -> None:
    clock = HandClock()
    bucket = TokenBucket(burst=2, per_second=1, clock=clock)
    clock.at += 3600
    assert [bucket.take() for _one in range(3)] == [True, True, False]
