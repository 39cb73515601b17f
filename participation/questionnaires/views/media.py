"""Pictures and sounds of questions, for whoever answers: no cookie, no log line (TRUST 46)."""

from flask import Blueprint, Response

from participation.foundation.files.web import shown_file
from participation.foundation.permissions import Permission
from participation.foundation.web import cookieless, db, requires
from participation.questionnaires.queries.media import media_file

question_media = Blueprint("question_media", __name__)


@question_media.get("/m/<file_id>")
@requires(Permission.PUBLIC)
@cookieless
def shown(file_id: str) -> Response:
    return shown_file(media_file(db(), file_id))
