"""The search page: one for everybody, each seeing their own hits."""

from flask import Blueprint, request

from participation.foundation.forms import Form, OneOfList, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.paging import page_number
from participation.foundation.permissions import Permission
from participation.foundation.search.queries import MOST_RANKED, hits
from participation.foundation.web import actor, db, extension, render, requires

blueprint = Blueprint("search", __name__)


class SearchForm(Form):
    """What is looked for, among which kind of things."""

    class Meta(Form.Meta):
        csrf = False

    q = TextLine(_l("Search"), optional=True, max_length=200)
    kind = OneOfList(_l("Among"), [], optional=True)


@blueprint.get("/search")
@requires(Permission.PUBLIC)
def results() -> str:
    """What the words find among what the reader may see, each with what kind of thing it is."""
    kinds = {
        source.source: _(source.label) for source in extension().features.collect("search_sources")
    }
    form = SearchForm(request.args)
    form.kind.choices = [("", _("Everything")), *sorted(kinds.items(), key=lambda kind: kind[1])]
    typed = request.args.get("q", "").strip()[:200]
    asked_kind = request.args.get("kind", "")
    kind = asked_kind if asked_kind in kinds else ""
    page = hits(db(), actor(), typed, page_number(request.args.get("page")), kind)
    return render(
        "search/results.html",
        form=form,
        typed=typed,
        kinds=kinds,
        is_narrowed=bool(kind),
        page=page,
        most=MOST_RANKED,
        search_text=typed,
    )
