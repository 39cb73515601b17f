"""A closed loop of readers: each asks again as soon as it has been answered.

Sockets and little else, so that what the client takes of the machine stays small.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

HEAD_ENDS = b"\r\n\r\n"
LENGTH = b"content-length:"


@dataclass(frozen=True)
class Load:
    """What a loop saw: answers a second, and how long the slowest twentieth waited."""

    answers: int
    seconds: float
    waits: Sequence[float]

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds

    @property
    def p95_ms(self) -> float:
        return 1000 * quantiles(self.waits, n=20)[-1]


class _Reader(asyncio.Protocol):
    """One connection that is kept open. Raises for any answer but the one expected."""

    def __init__(self, question: bytes, status: bytes, until: float, waits: list[float]) -> None:
        self.question, self.status, self.until, self.waits = question, status, until, waits
        self.left = b""
        self.asked_at = 0.0
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        self.asked_at = time.perf_counter()
        self.transport.write(self.question)

    def data_received(self, data: bytes) -> None:
        self.left += data
        head_ends = self.left.find(HEAD_ENDS)
        if head_ends < 0 or len(self.left) < head_ends + 4 + self._length(head_ends):
            return
        self.waits.append(time.perf_counter() - self.asked_at)
        if self.left[9:12] != self.status:
            self._end(RuntimeError(self.left[:80].decode("latin-1")))
        elif time.perf_counter() >= self.until:
            self._end(None)
        else:
            self.left = b""
            self._ask()

    def _length(self, head_ends: int) -> int:
        head = self.left[:head_ends].lower()
        start = head.find(LENGTH)
        return 0 if start < 0 else int(head[start + len(LENGTH) :].split(b"\r\n", 1)[0])

    def _end(self, problem: Exception | None) -> None:
        self.transport.close()
        if not self.over.done():
            self.over.set_exception(problem) if problem else self.over.set_result(None)

    def connection_lost(self, problem: Exception | None) -> None:
        if not self.over.done():
            self.over.set_exception(problem or ConnectionError("closed by the server"))


def loop_of(
    port: int,
    path: str,
    *,
    readers: int,
    seconds: float,
    known: str = "",
    own: str = "",
    warm_up: float = 0.5,
) -> Load:
    """`readers` connections ask for `path` for that long. `known`: an ETag; all answers are 304.

    `own`: a cookie of the readers' own, for which nothing is kept.
    """
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    if known:
        lines.append(f"If-None-Match: {known}")
    if own:
        lines.append(f"Cookie: {own}")
    question = ("\r\n".join(lines) + "\r\n\r\n").encode()
    status = b"304" if known else b"200"
    asyncio.run(_loop(port, question, status, readers, warm_up))
    began = time.perf_counter()
    waits = asyncio.run(_loop(port, question, status, readers, seconds))
    return Load(len(waits), time.perf_counter() - began, waits)


async def _loop(
    port: int, question: bytes, status: bytes, readers: int, seconds: float
) -> list[float]:
    waits: list[float] = []
    until = time.perf_counter() + seconds
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(
            lambda: _Reader(question, status, until, waits), "127.0.0.1", port
        )
        for _one in range(readers)
    ]
    await asyncio.gather(*(reader.over for _transport, reader in made))
    return waits
