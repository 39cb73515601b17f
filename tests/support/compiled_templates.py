"""Compiled templates, kept below var/ and shared by every test process and every application.

What is kept fits one text of a template and one state of the code: Jinja works out filters on
constants while it compiles.
"""

import hashlib
from functools import cache

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from participation.foundation.paths import PACKAGE

KEPT = PACKAGE.parent / "var" / "test-templates"


class _OfThisCode(FileSystemBytecodeCache):
    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(_code() + source)


@cache
def _code() -> str:
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(str(path.relative_to(PACKAGE)).encode() + path.read_bytes())
    return digest.hexdigest()


def keep_compiled(app: Flask) -> Flask:
    """Let `app` take over what another application of the tests has compiled."""
    KEPT.mkdir(parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = _OfThisCode(str(KEPT))
    return app
