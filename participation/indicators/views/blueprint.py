"""The blueprint that all pages of indicators share."""

from flask import Blueprint

blueprint = Blueprint("indicators", __name__)
