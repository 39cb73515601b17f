"""Seconds from a clean clone to the first page: `make run` as a newcomer meets it.

Needs a package registry and git. Nothing of the checkout but its last commit is used; the
environment is made anew, the demo county is loaded, and the clock stops at the first 200.
`make bench-start`
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.figures import Figure, tell  # noqa: E402

GOAL_SECONDS = 60
GIVE_UP_SECONDS = 600


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def measure(folder: Path) -> tuple[float, float]:
    """(seconds until the environment stood, seconds until the first page)."""
    clone = folder / "clone"
    git = shutil.which("git") or "git"
    subprocess.run([git, "clone", "--quiet", str(ROOT), str(clone)], check=True)
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    make = shutil.which("make") or "make"
    began = time.monotonic()
    with (folder / "run.log").open("wb") as log:
        process = subprocess.Popen(
            [make, "run", f"PORT={port}"],
            cwd=clone,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            return _watch(process, clone, port, began)
        except RuntimeError:
            print((folder / "run.log").read_text(encoding="utf-8", errors="replace")[-3000:])
            raise
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(timeout=60)


def _watch(
    process: subprocess.Popen[bytes], clone: Path, port: int, began: float
) -> tuple[float, float]:
    installed = 0.0
    while (taken := time.monotonic() - began) < GIVE_UP_SECONDS:
        if process.poll() is not None:
            raise RuntimeError("make run ended by itself")
        if not installed and (clone / ".venv" / ".setup-run").exists():
            installed = taken
        if answers(f"http://127.0.0.1:{port}/"):
            return installed, time.monotonic() - began
        time.sleep(0.1)
    raise RuntimeError(f"no page within {GIVE_UP_SECONDS} s")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        installed, taken = measure(Path(name))
    tell(
        "start",
        [
            Figure("clean clone to installed", round(installed, 1), "s"),
            Figure("installed to first page", round(taken - installed, 1), "s"),
            Figure(
                "clean clone to first page",
                round(taken, 1),
                "s",
                f"≤ {GOAL_SECONDS} s",
                taken <= GOAL_SECONDS,
            ),
        ],
    )


if __name__ == "__main__":
    main()
