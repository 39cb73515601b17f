"""The blueprint of open data."""

from flask import Blueprint

open_data = Blueprint("open_data", __name__)
api = Blueprint("api", __name__, url_prefix="/api/v1")
