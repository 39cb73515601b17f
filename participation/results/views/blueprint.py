"""Where the pages of results hang."""

from flask import Blueprint

blueprint = Blueprint("results", __name__)
