"""create_app(): configuration and registry, nothing else."""

from datetime import timedelta
from typing import Any

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from participation.foundation.config import Config
from participation.foundation.context import init_context
from participation.foundation.crypto import configure_keys
from participation.foundation.db import make_engine, make_sessions
from participation.foundation.events import replace_subscribers
from participation.foundation.journal import configure_journal
from participation.foundation.kept_pages import kept_pages
from participation.foundation.logs import configure_logs
from participation.foundation.look import STATIC_FILES
from participation.foundation.mail_templates import configure_mail
from participation.foundation.temporary_keys import configure_temporary_keys
from participation.foundation.web import Extension, SharedPages, begin_web, init_web
from participation.registry import FEATURES

MAX_REQUEST_BYTES = 12 * 1024 * 1024
MAX_FORM_BYTES = 6 * 1024 * 1024  # five megabytes that were pasted are given back to shorten
MAX_FORM_FIELDS = 2_000
YEAR_SECONDS = 365 * 24 * 3600

csrf = CSRFProtect()


class PagesOfOneReader(SecureCookieSessionInterface):
    """Sessions without `Vary: Cookie`: every page is private and asked for anew anyway.

    With it, the browser's Back button would lose a sent form as soon as any cookie (the language)
    has changed, and ask to send it again.
    """

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        super().save_session(app, session, response)
        response.vary.discard("Cookie")


def create_app(config: Config | None = None, engine: Engine | None = None) -> Flask:
    """The web application. Tests pass their own configuration and engine.

    Raises:
        ConfigurationError: when the settings are unsafe or cannot work.
    """
    config = config or Config.from_environment()
    app = Flask("participation", static_folder=None)
    app.config.update(_flask_settings(config))
    app.session_interface = PagesOfOneReader()
    init_web(app)
    init_context(app)
    csrf.init_app(app)
    for feature in FEATURES.features:
        for blueprint in feature.blueprints:
            app.register_blueprint(blueprint)
        if feature.init_app is not None:
            feature.init_app(app)
    app.wsgi_app = SharedPages(app, app.wsgi_app, config.cookie_prefix)  # type: ignore[method-assign]
    app.wsgi_app = _with_static_files(app)  # type: ignore[method-assign]
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    begin(app, config, engine or make_engine(config.database_url))
    return app


def begin(app: Flask, config: Config, engine: Engine) -> None:
    """Put the application on a database, with nothing remembered from before.

    Making an application takes half a second, beginning none: tests make one and begin it anew.
    """
    configure_logs(config.log_format)
    configure_keys(config.contact_keys, config.index_key)
    configure_mail(config)
    configure_temporary_keys(config.data_dir)
    configure_journal(config.data_dir)
    replace_subscribers(FEATURES.collect("subscribers"))
    web = Extension(config=config, sessions=make_sessions(engine), features=FEATURES)
    if config.env != "test":  # tests count what a page asks; those of kept pages keep them
        web.kept = kept_pages(engine)
    begin_web(app, web)
    for feature in FEATURES.features:
        if feature.begin is not None:
            feature.begin(app)


def _flask_settings(config: Config) -> dict[str, Any]:
    return {
        "SECRET_KEY": config.secret_key,
        "TESTING": config.env == "test",
        "SESSION_COOKIE_NAME": f"{config.cookie_prefix}form",
        "SESSION_COOKIE_SECURE": config.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "MAX_CONTENT_LENGTH": MAX_REQUEST_BYTES,
        "MAX_FORM_MEMORY_SIZE": MAX_FORM_BYTES,
        "MAX_FORM_PARTS": MAX_FORM_FIELDS,
        "WTF_CSRF_TIME_LIMIT": None,  # a form left open over lunch must still save
    }


def _with_static_files(app: Flask) -> WhiteNoise:
    """Built files below /static/, with their compressed twins; addresses carry a content hash."""
    return WhiteNoise(
        app.wsgi_app,
        root=str(STATIC_FILES),
        prefix="static/",
        max_age=YEAR_SECONDS,
        autorefresh=app.config["TESTING"],
    )
