"""Reads of accounts: who is signed in, which roles they hold, whom an administrator looks for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from participation.accounts.models import (
    Account,
    AccountNamePrefix,
    LoginSession,
    RoleAssignment,
    SignInLink,
)
from participation.accounts.rules.sessions import (
    RESIDENT_LIMITS,
    STRONG_LIMITS,
    LinkPurpose,
    is_alive,
)
from participation.accounts.services.sessions import session_hash
from participation.accounts.services.signing_in import browser_hash, link_hash
from participation.county.models import Group, Organisation
from participation.foundation.clock import now
from participation.foundation.crypto import email_index, name_query_index
from participation.foundation.errors import NotFound
from participation.foundation.jobs.models import Job
from participation.foundation.jobs.rules import JobState
from participation.foundation.permissions import STRONG_ROLES, Actor, Grant, Permission, Role
