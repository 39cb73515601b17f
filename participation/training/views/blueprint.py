"""The blueprint of training."""

from flask import Blueprint

training = Blueprint("training", __name__)
