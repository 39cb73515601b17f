"""What can go wrong in the domain, said once; `foundation/web.py` turns each into a page."""

from typing import Any, ClassVar


class DomainError(Exception):
    """A rule of the domain was broken. `code` is stable; `data` fills the message."""

    code: ClassVar[str] = "domain_error"
    http_status: ClassVar[int] = 400

    def __init__(self, message: str = "", **data: Any) -> None:
        super().__init__(message or self.code)
        self.message = message
        self.data = data


class NotFound(DomainError):
    """The thing does not exist, or the person asking may not see it: the same answer for both."""

    code = "not_found"
    http_status = 404


class Withdrawn(NotFound):
    """It was published once, and is no longer. `data`: the `day`, and where what is published
    stands (`published`, an Address).
    """

    code = "withdrawn"
    http_status = 410


class Forbidden(DomainError):
    """Signed in, but the role lacks the permission for this page as a whole."""

    code = "forbidden"
    http_status = 403


class SignInNeeded(DomainError):
    """Nobody is signed in, or not strongly enough."""

    code = "sign_in_needed"
    http_status = 401


class Conflict(DomainError):
    """Somebody else changed it first, or the state no longer allows it."""

    code = "conflict"
    http_status = 409


class Throttled(DomainError):
    """Too many tries from one account or with failing tokens."""

    code = "throttled"
    http_status = 429


class ConfigurationError(RuntimeError):
    """The installation is set up in a way that is unsafe or cannot work."""
