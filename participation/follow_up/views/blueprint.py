"""The blueprint that all pages of follow-up share."""

from flask import Blueprint

blueprint = Blueprint("follow_up", __name__)
