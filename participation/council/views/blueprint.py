from flask import Blueprint

council = Blueprint("council", __name__)
