"""What codes are called on screen. One place, so that one thing has one word."""

from participation.foundation.i18n import lazy_gettext as _l

SEX_WORDS = {"T": _l("All"), "K": _l("Women and girls"), "M": _l("Men and boys")}
