"""What a table hears before it writes. Change a word: give it a new version."""

from participation.foundation.i18n import gettext as _

CONSENT_VERSION = "1"


def consent_words(dots: int) -> tuple[str, ...]:
    """The sentences, in the language of the moment; `dots`: how many each person has."""
    return (
        _("It is voluntary. You choose yourselves what you write down."),
        _("Write no names, and nothing that shows who somebody is."),
        _("Nobody notes who sat at the table or who wrote."),
        _("The other tables see your statements, not your notes."),
        _(
            "Afterwards a person reads everything and takes away what points to somebody. "
            "Then it is sorted into themes together with what others have said."
        ),
        _("Everybody may later read statements, and how many chose each when they are many."),
        _("You can take away what you wrote until the meeting closes. After that you call us."),
    )
