"""The blueprints that the pages of the newsletter share."""

from flask import Blueprint

blueprint = Blueprint("newsletter", __name__)
# A mail program presses this one: it has no session and no token, the link is the proof.
leaving = Blueprint("newsletter_leaving", __name__)
