"""Pages of accounts. Importing this attaches every page to its blueprint."""

from participation.accounts.views import me, start
from participation.accounts.views.administration import account_admin
from participation.accounts.views.browser import begin_sign_in, init_sign_in
from participation.accounts.views.event_log import event_log
from participation.accounts.views.sign_in import accounts

__all__ = [
    "account_admin",
    "accounts",
    "begin_sign_in",
    "event_log",
    "init_sign_in",
    "me",
    "start",
]
