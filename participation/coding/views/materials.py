"""The list of materials: what waits to be read, what waits to be coded."""

from participation.coding import queries
from participation.coding.rules.drafts import SOURCE_LABELS
from participation.coding.views.blueprint import blueprint
from participation.disclosure.outlets import outlet
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, render, requires


@blueprint.get("")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def materials() -> str:
    """Every material the person may code, and how far it is."""
    return render(
        "coding/materials.html",
        lines=queries.materials(db(), actor()),
        codebooks=queries.codebook_lines(db(), actor()),
        may_take_out=actor().scope(Permission.EXTRACT_ANSWERS).everywhere,
        may_code=actor().can(Permission.CODE_MATERIAL),
        source_labels=SOURCE_LABELS,
    )
