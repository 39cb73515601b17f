"""The blueprint that the pages of the interest bank hang on."""

from flask import Blueprint

interest_bank = Blueprint("interest_bank", __name__)
