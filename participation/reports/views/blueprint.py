"""The blueprint that all pages of reports share."""

from flask import Blueprint

blueprint = Blueprint("reports", __name__)
