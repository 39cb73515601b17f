"""Configuration: environment variables only, every one of them listed in docs/operations.md."""

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from participation.foundation.errors import ConfigurationError

# Only for development and tests; production refuses to start with it.
DEVELOPMENT_KEY = base64.urlsafe_b64encode(b"development-only-key-not-secret!").decode()

MINIMUM_KEY_BYTES = 32
LOWEST_SMALLEST_GROUP = 5  # disclosure/rules/tables.py


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One environment variable: its name without the prefix, its default and what it means."""

    name: str
    default: str
    meaning: str

    @property
    def variable(self) -> str:
        return f"PARTICIPATION_{self.name}"


SETTINGS: tuple[Setting, ...] = (
    Setting(name="ENV", default="development", meaning="development, test or production"),
    Setting(
        name="DATABASE_URL",
        default="",
        meaning="sqlite:///file or postgresql+psycopg://…; empty: participation.db in DATA_DIR",
    ),
    Setting(
        name="DATA_DIR", default="var", meaning="folder for development mail, backups and locks"
    ),
    Setting(
        name="PUBLIC_URL",
        default="http://127.0.0.1:8000",
        meaning="the address people use; every link in a mail starts with it",
    ),
    Setting(
        name="SECRET_KEY",
        default=DEVELOPMENT_KEY,
        meaning="signs CSRF values and flash messages; at least 32 bytes, URL-safe base64",
    ),
    Setting(
        name="CONTACT_KEYS",
        default=f"dev:{DEVELOPMENT_KEY}",
        meaning="encrypts contact fields: id:key[,id:key…], first one encrypts, all decrypt",
    ),
    Setting(
        name="INDEX_KEY",
        default=DEVELOPMENT_KEY,
        meaning="keys the blind indexes, link-token hashes and log pseudonyms",
    ),
    Setting(
        name="SMTP_URL",
        default="",
        meaning="smtp://user:password@host:port or smtps://…; empty: a local mailbox",
    ),
    Setting(
        name="MAIL_FROM",
        default="Medskapa <no-reply@example.org>",
        meaning="sender of every mail",
    ),
    Setting(
        name="COOKIE_PREFIX",
        default="",
        meaning="prefix of cookie names; __Host- in production, empty on plain HTTP",
    ),
    Setting(
        name="DEMO",
        default="",
        meaning="1 marks every page as a demo and forbids indexing; refused in production",
    ),
    Setting(name="LOG_FORMAT", default="console", meaning="console or json"),
    Setting(
        name="SMALLEST_GROUP",
        default="5",
        meaning="fewer people than this are shown in no result; 5 or more",
    ),
    Setting(
        name="HIDE_CELLS",
        default="1",
        meaning="0: by group, whole groups are hidden, also where hiding single answers is safe",
    ),
    Setting(
        name="DATA_LICENCE",
        default="https://creativecommons.org/publicdomain/zero/1.0/",
        meaning="the address of the licence that open data is published under",
    ),
    Setting(
        name="TRUSTED_PROXIES", default="0", meaning="number of reverse proxies in front of the app"
    ),
)


@dataclass(frozen=True, kw_only=True)
class Config:
    """The settings of one installation, checked. Build it with `Config.from_environment()`."""

    env: str
    database_url: str
    data_dir: Path
    public_url: str
    secret_key: str
    contact_keys: Mapping[str, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)
    smtp_url: str = field(repr=False)
    mail_from: str
    cookie_prefix: str
    is_demo: bool
    log_format: str
    trusted_proxies: int
    smallest_group: int = LOWEST_SMALLEST_GROUP
    hides_cells: bool = True
    data_licence: str = ""

    @property
    def is_production(self) -> bool:
        return self.env == "production"

    @property
    def is_development(self) -> bool:
        return self.env == "development"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def is_https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """Read and check the settings.

        Raises:
            ConfigurationError: with every problem found, one line each.
        """
        source = os.environ if environ is None else environ
        raw = {s.name: source.get(s.variable, s.default) for s in SETTINGS}
        problems: list[str] = []
        data_dir = Path(raw["DATA_DIR"]).absolute()
        config = cls(
            env=raw["ENV"],
            database_url=raw["DATABASE_URL"] or f"sqlite:///{data_dir / 'participation.db'}",
            data_dir=data_dir,
            public_url=raw["PUBLIC_URL"].rstrip("/"),
            secret_key=raw["SECRET_KEY"],
            contact_keys=_key_ring(raw["CONTACT_KEYS"], problems),
            index_key=_key("PARTICIPATION_INDEX_KEY", raw["INDEX_KEY"], problems),
            smtp_url=raw["SMTP_URL"],
            mail_from=raw["MAIL_FROM"],
            cookie_prefix=raw["COOKIE_PREFIX"],
            is_demo=raw["DEMO"] == "1",
            log_format=raw["LOG_FORMAT"],
            trusted_proxies=_whole_number(
                "PARTICIPATION_TRUSTED_PROXIES", raw["TRUSTED_PROXIES"], problems
            ),
            smallest_group=_whole_number(
                "PARTICIPATION_SMALLEST_GROUP", raw["SMALLEST_GROUP"], problems
            ),
            hides_cells=raw["HIDE_CELLS"] == "1",
            data_licence=raw["DATA_LICENCE"],
        )
        problems += _problems(config)
        if problems:
            raise ConfigurationError("\n".join(problems))
        return config


def _key(name: str, encoded: str, problems: list[str]) -> bytes:
    try:
        key = base64.urlsafe_b64decode(encoded.encode())
    except ValueError:
        key = b""
    if len(key) < MINIMUM_KEY_BYTES:
        problems.append(f"{name} must be at least {MINIMUM_KEY_BYTES} bytes in URL-safe base64")
    return key


def _key_ring(encoded: str, problems: list[str]) -> dict[str, bytes]:
    ring: dict[str, bytes] = {}
    for part in encoded.split(","):
        key_id, _, key = part.strip().partition(":")
        ring[key_id] = _key("PARTICIPATION_CONTACT_KEYS", key, problems)
    return ring


def _whole_number(name: str, text: str, problems: list[str]) -> int:
    if not text.isdigit():
        problems.append(f"{name} must be a whole number")
        return 0
    return int(text)


def _problems(config: Config) -> list[str]:
    problems = []
    if config.env not in {"development", "test", "production"}:
        problems.append("PARTICIPATION_ENV must be development, test or production")
    if urlsplit(config.public_url).scheme not in {"http", "https"}:
        problems.append("PARTICIPATION_PUBLIC_URL must start with http:// or https://")
    if urlsplit(config.data_licence).scheme not in {"http", "https"}:
        problems.append("PARTICIPATION_DATA_LICENCE must be an address")
    if config.smallest_group < LOWEST_SMALLEST_GROUP:
        problems.append("PARTICIPATION_SMALLEST_GROUP can be raised, not lowered below 5")
    if config.is_production:
        problems += _production_problems(config)
    return problems


def _production_problems(config: Config) -> list[str]:
    """What is fine on a laptop and unsafe in front of residents. Source: TRUST.md, hardening."""
    development_key = base64.urlsafe_b64decode(DEVELOPMENT_KEY)
    checks = (
        (config.secret_key == DEVELOPMENT_KEY, "PARTICIPATION_SECRET_KEY is the development key"),
        (
            len(config.secret_key) < MINIMUM_KEY_BYTES,
            "PARTICIPATION_SECRET_KEY is shorter than 32 characters",
        ),
        (
            development_key in config.contact_keys.values(),
            "PARTICIPATION_CONTACT_KEYS holds the development key",
        ),
        (config.index_key == development_key, "PARTICIPATION_INDEX_KEY is the development key"),
        (
            config.is_demo,
            "PARTICIPATION_DEMO is 1: the demo's passwords are known, so never in production",
        ),
        (not config.is_https, "PARTICIPATION_PUBLIC_URL must be https in production"),
        (not config.smtp_url, "PARTICIPATION_SMTP_URL is not set: no mail could leave"),
        (
            config.cookie_prefix != "__Host-",
            "PARTICIPATION_COOKIE_PREFIX must be __Host- in production",
        ),
    )
    return [message for is_unsafe, message in checks if is_unsafe]
