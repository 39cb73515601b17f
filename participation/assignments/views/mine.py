"""A person's own assignments: agreements, declared ties, claims, in one list."""

from participation.activities.rules.tokens import invitation_token
from participation.assignments.queries import own_assignments
from participation.assignments.rules.money import kronor
from participation.assignments.rules.states import AGREED
from participation.assignments.views.blueprint import WORDS, assignments
from participation.foundation.clock import to_local
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, render, requires


@assignments.get("/me/assignments")
@requires(Permission.OWN_PAGE)
def mine() -> str:
    found = own_assignments(db(), actor().account_id or 0)
    by_year: dict[int, int] = {}
    for one in found:
        if one.claim is not None and one.claim.state in AGREED:
            year = to_local(one.activity.starts_at).year
            by_year[year] = by_year.get(year, 0) + one.claim.total_ore
    return render(
        "assignments/mine.html",
        found=[one for one in found if one.has_something],
        token_of=invitation_token,
        by_year=[(str(year), kronor(ore)) for year, ore in sorted(by_year.items(), reverse=True)],
        **WORDS,
    )
