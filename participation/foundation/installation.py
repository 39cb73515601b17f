"""One installation as commands and the worker see it: its settings, keys and database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.config import Config
from participation.foundation.crypto import configure_keys
from participation.foundation.db import make_engine, make_sessions
from participation.foundation.journal import configure_journal
from participation.foundation.logs import configure_logs
from participation.foundation.mail_templates import configure_mail
from participation.foundation.temporary_keys import configure_temporary_keys


@dataclass(frozen=True)
class Installation:
    """Open only as long as a command runs."""

    config: Config
    engine: Engine
    sessions: sessionmaker[Session]


@contextmanager
def open_installation(config: Config | None = None) -> Iterator[Installation]:
    """Settings from the environment, keys and mail set up, an engine that is closed at the end.

    Raises:
        ConfigurationError: the settings are unsafe or cannot work.
    """
    config = config or Config.from_environment()
    configure_logs(config.log_format)
    configure_keys(config.contact_keys, config.index_key)
    configure_mail(config)
    configure_temporary_keys(config.data_dir)
    configure_journal(config.data_dir)
    engine = make_engine(config.database_url)
    try:
        yield Installation(config, engine, make_sessions(engine))
    finally:
        engine.dispose()
