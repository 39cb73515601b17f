"""The de-identification gate: a person reads a text before others may."""

from flask import flash
from werkzeug.wrappers import Response

from participation.coding import queries
from participation.coding.forms import CleanForm, ReviewForm, mask_parts, mask_value
from participation.coding.models import Material, MaterialText
from participation.coding.queries.readings import read_at_source
from participation.coding.rules.passages import (
    MASK_LABELS,
    Mask,
    Passage,
    masks_from_json,
    occurrences,
    segments,
)
from participation.coding.services import review_text, suggested_masks
from participation.coding.views.blueprint import blueprint
from participation.county import queries as county
from participation.disclosure.outlets import outlet
from participation.foundation.deidentification import Certainty, Span
from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access,
    render,
    requires,
    see_other,
)

CLEAN_AT_ONCE = 20
LOOKED_AHEAD = 120


def _care_units() -> list[str]:
    return [unit.name for unit in county.units(db())]


@blueprint.get("/materials/<public_id>/review")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def review(public_id: str) -> str:
    """The next text with something to decide; when none is left, those without, together."""
    material = queries.reviewable_material(db(), actor(), public_id)
    log_access("read_raw", "material", material.public_id)
    waiting = queries.raw_texts(db(), material, LOOKED_AHEAD)
    units = _care_units()
    clean = []
    for text in waiting:
        spans = suggested_masks(text.text, units)
        if spans:
            return _one(material, text, spans, ReviewForm())
        clean.append(text)
    return render(
        "coding/review_clean.html",
        material=material,
        texts=clean[:CLEAN_AT_ONCE],
        read_before=read_at_source(db(), material),
        form=CleanForm(texts=" ".join(text.public_id for text in clean[:CLEAN_AT_ONCE])),
    )


@blueprint.get("/texts/<public_id>/review")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def review_one(public_id: str) -> str:
    """One particular text."""
    text = queries.raw_text(db(), actor(), public_id)
    material = db().get_one(Material, text.material_id)
    log_access("read_raw", "material_text", text.public_id)
    return _one(material, text, suggested_masks(text.text, _care_units()), ReviewForm())


@blueprint.post("/texts/<public_id>/review")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def save_review(public_id: str) -> Response | str | tuple[str, int]:
    """Hide what is ticked and what was typed; on to the next text."""
    text = queries.text_to_read_through(db(), actor(), public_id)
    if text.is_reviewed:
        return _read_by_another(text, ReviewForm())
    material = db().get_one(Material, text.material_id)
    spans = suggested_masks(text.text, _care_units())
    form = _offered(ReviewForm(), spans)
    if not form.validate_on_submit() or not _words_found(form, text):
        return _one(material, text, spans, form)
    ticked = [mask_parts(value) for value in form.masks.data or []]
    masks = [Mask(start=start, end=end, kind=kind) for start, end, kind in ticked]
    try:
        review_text(db(), actor(), text, [*masks, *occurrences(text.text, form.own_words)])
    except Conflict:
        return _read_by_another(text, form)
    return see_other("coding.review", public_id=material.public_id)


@blueprint.post("/materials/<public_id>/review/clean")
@requires(Permission.WORK_WITH_MATERIAL)
@commits
def accept_clean(public_id: str) -> Response:
    """Somebody has read a page of texts and found nothing to hide."""
    material = queries.reviewable_material(db(), actor(), public_id)
    form = CleanForm()
    accepted = 0
    if form.validate_on_submit():
        for text_id in (form.texts.data or "").split():
            text = queries.text_to_read_through(db(), actor(), text_id, material)
            accepted += _accepted(text)
    if accepted:
        flash(ngettext("One text can now be coded.", "%(num)s texts can now be coded.", accepted))
    else:
        flash(_("A colleague has already read these texts through."))
    return see_other("coding.review", public_id=material.public_id)


def _accepted(text: MaterialText) -> bool:
    """Nothing in it is hidden; what a colleague hid in it meanwhile stays hidden."""
    try:
        review_text(db(), actor(), text, [])
    except Conflict:
        return False
    return True


def _read_by_another(text: MaterialText, form: ReviewForm) -> tuple[str, int]:
    """The text as a colleague left it, and the words that were typed."""
    page = render(
        "coding/review_read.html",
        material=db().get_one(Material, text.material_id),
        text=text,
        segments=segments(text.text, [], masks_from_json(text.masks)),
        words=form.own_words,
    )
    return page, Conflict.http_status


def _words_found(form: ReviewForm, text: MaterialText) -> bool:
    missing = [w for w in form.own_words if not occurrences(text.text, [w])]
    if missing:
        form.add_error("words", _("“%(word)s” does not stand in the text.", word=missing[0]))
    return not missing


def _offered(form: ReviewForm, spans: list[Span]) -> ReviewForm:
    form.masks.choices = [
        (mask_value(span.start, span.end, span.kind), str(MASK_LABELS[span.kind])) for span in spans
    ]
    return form


def _one(material: Material, text: MaterialText, spans: list[Span], form: ReviewForm) -> str:
    _offered(form, spans)
    if not form.is_submitted():
        form.masks.data = [
            mask_value(s.start, s.end, s.kind) for s in spans if s.certainty >= Certainty.LIKELY
        ]
    form.masks.choices = [
        (mask_value(s.start, s.end, s.kind), f"{position}. {text.text[s.start : s.end]}")
        for position, s in enumerate(spans, start=1)
    ]
    numbered = [
        Passage(start=span.start, end=span.end, number=position)
        for position, span in enumerate(spans, start=1)
    ]
    return render(
        "coding/review.html",
        material=material,
        text=text,
        form=form,
        segments=segments(text.text, numbered),
        read_before=read_at_source(db(), material),
        hints={mask_value(s.start, s.end, s.kind): str(MASK_LABELS[s.kind]) for s in spans},
    )
