"""Where the pages of coding hang."""

from flask import Blueprint

blueprint = Blueprint("coding", __name__, url_prefix="/coding")
