"""A picture with its description, and a sound in a language."""

from typing import Any

from flask_wtf.file import FileField, FileRequired

from participation.foundation.forms import Form, OneOfList, TextLine
from participation.foundation.i18n import lazy_gettext as _l

ALT_LENGTH = 300


class PictureForm(Form):
    picture = FileField(
        _l("Picture"),
        description=_l("PNG or JPEG, at most 5 MB."),
        render_kw={"accept": ".png,.jpg,.jpeg"},
    )
    alt = TextLine(
        _l("What the picture shows"),
        hint=_l("Read aloud to whoever does not see it. For example: two people talking."),
        max_length=ALT_LENGTH,
        missing=_l("Describe the picture in words."),
    )


class SoundForm(Form):
    sound = FileField(
        _l("Sound file"),
        [FileRequired(message=_l("Choose a sound file."))],
        description=_l("MP3, Ogg or WAV, at most 5 MB. Read the question and the alternatives."),
        render_kw={"accept": ".mp3,.ogg,.oga,.opus,.wav"},
    )
    language = OneOfList(_l("Language"), list)


def sent_file(field: Any) -> tuple[str, bytes] | None:
    """Name and content of what was chosen."""
    return (field.data.filename or "", field.data.read()) if field.data else None
