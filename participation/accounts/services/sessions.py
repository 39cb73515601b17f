"""Server-side sessions: started, kept alive, ended. The cookie alone is worth nothing."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from participation.accounts.models import LoginSession
from participation.accounts.rules.sessions import SEEN_EVERY
from participation.accounts.rules.tokens import session_hash
from participation.foundation.clock import now
from participation.foundation.crypto import new_token
from participation.foundation.errors import NotFound


def start_session(
    session: Session, account_id: int, *, is_strong: bool, device: str = "", replaces: str = ""
) -> str:
    """A new session; its token goes into the cookie. `replaces`: the old cookie's token, ended."""
    if replaces:
        end_session(session, replaces)
    token = new_token()
    session.add(
        LoginSession(
            account_id=account_id,
            token_hash=session_hash(token),
            is_strong=is_strong,
            device=device,
        )
    )
    session.flush()
    return token


def end_session(session: Session, token: str) -> None:
    """Sign this browser out."""
    _end(session, LoginSession.token_hash == session_hash(token))


def end_one_session(session: Session, account_id: int, public_id: str) -> None:
    """Sign one of one's own browsers out. Raises NotFound."""
    mine = (LoginSession.account_id == account_id, LoginSession.public_id == public_id)
    if not _end(session, *mine):
        raise NotFound


def end_all_sessions(session: Session, account_id: int) -> int:
    """Sign out everywhere; how many sessions ended."""
    return _end(session, LoginSession.account_id == account_id)


def end_other_sessions(session: Session, account_id: int, token: str) -> int:
    """Sign out everywhere but in the browser whose cookie holds `token`; how many ended."""
    others = LoginSession.token_hash != session_hash(token)
    return _end(session, LoginSession.account_id == account_id, others)


def mark_seen(session: Session, login_session_id: int) -> None:
    """The person was here. At most one write a minute, however many requests run at once."""
    moment = now()
    session.execute(
        update(LoginSession)
        .where(LoginSession.id == login_session_id, LoginSession.seen_at <= moment - SEEN_EVERY)
        .values(seen_at=moment)
    )


def _end(session: Session, *which: object) -> int:
    ended = session.execute(
        update(LoginSession)
        .where(*which, LoginSession.revoked_at.is_(None))  # type: ignore[arg-type]
        .values(revoked_at=now())
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]
