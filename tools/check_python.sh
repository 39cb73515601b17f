#!/usr/bin/env bash
# Says plainly what is missing before a virtual environment can be made.
set -eu
python=${1:-python3}
if ! command -v "$python" >/dev/null; then
    echo "Python 3.11–3.13 is needed. On Debian: sudo apt-get install python3 python3-venv" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 13)))'; then
    echo "$("$python" --version) will not do: Python 3.11, 3.12 or 3.13 is needed." >&2
    echo "Say which one to use: make run PYTHON=python3.12" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "Python's venv module is missing. On Debian: sudo apt-get install python3-venv" >&2
    exit 1
fi
