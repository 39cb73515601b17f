"""The blueprint that all pages of plans share."""

from flask import Blueprint

blueprint = Blueprint("plans", __name__)
