"""What disclosure declares: a gate, a ledger, and the smallest group for templates to name."""

from flask import Flask

from participation.disclosure.services import configure_thresholds, thresholds_in_force
from participation.foundation.feature import Feature
from participation.foundation.web import extension


def _init_app(app: Flask) -> None:
    app.jinja_env.globals["smallest_group"] = lambda: thresholds_in_force().minimum


def _begin(app: Flask) -> None:
    with app.app_context():
        configure_thresholds(extension().config)


FEATURE = Feature(name="disclosure", init_app=_init_app, begin=_begin)
