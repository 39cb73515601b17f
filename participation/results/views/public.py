"""What everybody may read: published findings and rounds, from their releases alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from flask import current_app, request

from participation.commitments.queries import commitments_about
from participation.county import queries as county
from participation.disclosure.models import Release
from participation.disclosure.outlets import outlet
from participation.disclosure.queries import breakdown_names, breakdowns_of, tables_of
from participation.disclosure.rules.breakdowns import ShownBreakdown
from participation.disclosure.rules.tables import ShownTable
from participation.disclosure.services import thresholds_in_force
from participation.foundation.errors import NotFound
from participation.foundation.i18n import DEFAULT_LOCALE, current_locale
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.printing import can_make_pdf
from participation.foundation.web import actor, db, render, requires
from participation.questionnaires.rules.grouping import ATTRIBUTE_LABELS, Attribute
from participation.results import queries
from participation.results.forms import FindingFilter
from participation.results.queries.themes import themes_of_round
from participation.results.rules.group_trends import GroupWave, group_trend
from participation.results.rules.highlights import LONG, Highlight, highlights
from participation.results.rules.round_breakdowns import is_about_who_answers
from participation.results.rules.round_tables import chart, grouped_chart
from participation.results.rules.silence import not_counted, silence
from participation.results.rules.speaking import Reading
from participation.results.rules.theme_pages import theme_lines
from participation.results.rules.trends import Wave, asks_alike, trend
from participation.results.views.above import above, acts
from participation.results.views.blueprint import blueprint

PAGES_KEPT = 64
Waves = Sequence[tuple[str, Release]]  # earlier published rounds of the series, newest first


@blueprint.get("/findings")
@requires(Permission.PUBLIC)
@outlet("publication")
def published_list() -> str:
    """Everything published, of one group or area if asked."""
    groups, areas = county.groups(db()), county.areas(db())
    locale = current_locale()
    form = FindingFilter(request.args).offer(
        [(group.public_id, group.name_in(locale)) for group in groups],
        [(area.key, area.name_in(locale)) for area in areas],
    )
    group_id = next((g.id for g in groups if g.public_id == form.group.data), None)
    area_id = next((a.id for a in areas if a.key == form.area.data), None)
    page = paginate(
        db(),
        queries.published_statement(group_id, area_id),
        page_number(request.args.get("page")),
        per_page=10,
    )
    return render(
        "results/published_list.html",
        form=form,
        page=page,
        findings=queries.as_findings(page.items),
        is_filtered=group_id is not None or area_id is not None,
    )


@blueprint.get("/findings/<public_id>")
@requires(Permission.PUBLIC)
@outlet("publication")
def published(public_id: str) -> str:
    """One finding: claim, strength, quotes, what it rests on, what became of it."""
    finding = queries.one_published(db(), public_id)
    return render(
        "results/published.html",
        finding=finding,
        perspective=county.perspective_by_key(db(), finding.perspective_key),
        area=next((one for one in county.areas(db()) if one.name == finding.area), None),
        above=above(finding.finding_id, public_id),
        acts=acts(public_id),
        commitments=[c for c in commitments_about(db(), "finding", public_id) if c.is_public],
        can_work=actor().can(Permission.PUBLISH_FINDINGS),
        is_reader=actor().is_signed_in,
    )


@blueprint.get("/releases/<public_id>")
@requires(Permission.PUBLIC)
@outlet("publication")
def release(public_id: str) -> str:
    """A round's published totals, question by question; `by`: one breakdown of them."""
    found = queries.public_release(db(), public_id)
    by = request.args.get("by", "")
    return render(
        "results/release.html",
        **shown_release(found, by),
        findings=[] if by else queries.findings_resting_on(db(), found),
        **_own_words(None if by else themes_of_round(db(), found.source_public_id)),
        has_pdf=can_make_pdf(),
        preview_of=None,
    )


def _own_words(found: Release | None) -> dict[str, Any]:
    """How many wrote about each theme, where that is published of the round."""
    if found is None:
        return {"themes": None}
    (table,) = tables_of(found)
    agreement = found.payload["agreement"]
    return {
        "themes": found,
        "theme_lines": theme_lines(table, agreement),
        "theme_n": table.n,
        "has_agreement": bool(agreement),
    }


def shown_release(found: Release, by: str) -> dict[str, Any]:
    """What the page of a release shows, by one breakdown or of everybody. Raises NotFound."""
    attributes = breakdown_names(found)
    if not tables_of(found) or (by and by not in attributes):
        raise NotFound
    page = of_release(found)
    earlier = queries.earlier_waves(db(), found)
    return {
        "release": found,
        "by": by,
        "attributes": [(key, ATTRIBUTE_LABELS[Attribute(key)]) for key in attributes],
        "title": page.title,
        "silence": silence(
            page.tables,
            next(iter(breakdowns_of(found, by))) if by else None,
            thresholds_in_force().minimum,
        ),
        "questions": _by_group(found, by, page.reading, earlier)
        if by
        else _questions(found, page, earlier),
        "contents": _contents(found, by, page.tables),
        "not_counted": page.not_counted,
        "highlights": [] if by else highlights_of(found, page, earlier),
        "is_reader": actor().is_signed_in,
    }


@dataclass(frozen=True)
class ReleasePage:
    """A release in the reader's language. `background`: keys of questions about who answers;
    `not_counted`: what was asked and is not here, a sentence each.
    """

    title: str
    tables: tuple[ShownTable, ...]
    background: frozenset[str]
    reading: Reading | None
    not_counted: tuple[str, ...] = ()


def of_release(found: Release) -> ReleasePage:
    content = queries.content_behind(db(), found)
    is_translated = current_locale() != DEFAULT_LOCALE
    reading = Reading(content, current_locale()) if content and is_translated else None
    tables = tables_of(found)
    about = [one.key for one in tables if content and is_about_who_answers(content, one.key)]
    return ReleasePage(
        title=reading.title(found.title, _wave(found)) if reading else found.title,
        tables=tuple(reading.table(one) for one in tables) if reading else tables,
        background=frozenset(about),
        reading=reading,
        not_counted=not_counted(content) if content else (),
    )


def highlights_of(found: Release, page: ReleasePage, earlier: Waves) -> list[Highlight]:
    """The top of a release, beside the round before it in the series."""
    last = next((one for _wave, one in earlier), None)
    return highlights(
        page.tables, page.background, _read_alike(found, last, page.reading) if last else ()
    )


def _contents(found: Release, by: str, tables: Sequence[ShownTable]) -> list[str]:
    """The questions in the order of the page, where they are many."""
    titles = [table.title for table in tables]
    if by:
        shown = next(iter(breakdowns_of(found, by)))
        by_key = {table.key: table.title for table in tables}
        titles = [by_key[one.key] for one in shown.tables]
    return titles if len(titles) >= LONG else []


def _wave(found: Release) -> str:
    return str(found.payload.get("wave", ""))


@dataclass(frozen=True)
class _Shown:
    """Carried past the cache, which goes by hashes: a release never changes."""

    wave: str
    tables: tuple[ShownTable, ...] = field(hash=False, compare=False)
    earlier: tuple[tuple[str, tuple[ShownTable, ...]], ...] = field(hash=False, compare=False)


def _questions(found: Release, page: ReleasePage, earlier: Waves) -> tuple[Any, ...]:
    hashes = (found.hash, *(f"{wave}:{one.hash}" for wave, one in earlier))
    shown = _Shown(
        _wave(found),
        page.tables,
        tuple((wave, _read_alike(found, release, page.reading)) for wave, release in earlier),
    )
    return _drawn(hashes, current_locale(), shown)


def _read_alike(
    found: Release, earlier: Release, reading: Reading | None
) -> tuple[ShownTable, ...]:
    """An earlier release in the reader's language, where it asked in the same Swedish words."""
    if reading is None:
        return tables_of(earlier)
    own = {table.key: table for table in tables_of(found)}
    return tuple(
        reading.table(old) if (new := own.get(old.key)) and asks_alike(old, new) else old
        for old in tables_of(earlier)
    )


@lru_cache(maxsize=PAGES_KEPT)
def _drawn(_hashes: tuple[str, ...], _locale: str, shown: _Shown) -> tuple[Any, ...]:
    """Every question of a release as its page shows it; drawn once per language."""
    macros = cast(Any, current_app.jinja_env.get_template("results/chart.html").module)
    return tuple(
        macros.question(chart(table), position, trend(shown.wave, table, _waves(shown, table.key)))
        for position, table in enumerate(shown.tables, start=1)
    )


def _by_group(found: Release, by: str, reading: Reading | None, waves: Waves) -> tuple[Any, ...]:
    kept = next(iter(breakdowns_of(found, by)))
    tables = tables_of(found)
    earlier = [
        GroupWave(wave, tables_of(release), shown)
        for wave, release in waves
        for shown in breakdowns_of(release, by)
    ]
    hashes = (found.hash, *(f"{wave}:{one.hash}" for wave, one in waves))
    grouped = _Grouped(
        GroupWave(_wave(found), tables, kept),
        reading.breakdown(kept) if reading else kept,
        tuple(reading.table(one) for one in tables) if reading else tables,
        tuple(earlier),
    )
    return _drawn_by_group(hashes, current_locale(), by, grouped)


@dataclass(frozen=True)
class _Grouped:
    """Carried past the cache, which goes by the release's hash. `shown`, `tables`: in the reader's
    language; `kept`: as it was published.
    """

    kept: GroupWave = field(hash=False, compare=False)
    shown: ShownBreakdown = field(hash=False, compare=False)
    tables: tuple[ShownTable, ...] = field(hash=False, compare=False)
    earlier: tuple[GroupWave, ...] = field(hash=False, compare=False)


@lru_cache(maxsize=PAGES_KEPT)
def _drawn_by_group(
    _hashes: tuple[str, ...], _locale: str, by: str, grouped_by: _Grouped
) -> tuple[Any, ...]:
    """Every question of one breakdown as its page shows it; drawn once per language."""
    macros = cast(Any, current_app.jinja_env.get_template("results/chart.html").module)
    shown = grouped_by.shown
    titles = {table.key: table for table in grouped_by.tables}
    return tuple(
        macros.by_group(
            grouped_chart(titles[grouped.key], shown, grouped),
            position,
            str(ATTRIBUTE_LABELS[Attribute(by)]),
            group_trend(grouped_by.kept, grouped.key, grouped_by.earlier, shown),
        )
        for position, grouped in enumerate(shown.tables, start=1)
    )


def _waves(shown: _Shown, key: str) -> list[Wave]:
    """The same question in earlier published rounds; one that did not ask it is a gap."""
    return [
        Wave(label, next((table for table in tables if table.key == key), None))
        for label, tables in shown.earlier
    ]
