"""The blueprints of organisations: two rooms of the navigation, two names."""

from flask import Blueprint

adoptions = Blueprint("adoption", __name__)
organisations = Blueprint("organisations", __name__)
