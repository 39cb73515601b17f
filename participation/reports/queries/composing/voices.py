"""What people say: findings, published questionnaires, audits. From releases alone."""

from collections.abc import Iterator, Sequence

from participation.county.queries import perspectives
from participation.disclosure.models import Release
from participation.disclosure.queries import breakdowns_of, tables_of
from participation.disclosure.rules.breakdowns import ShownGrouped, ShownRow
from participation.disclosure.rules.drafts import ReleaseKind
from participation.disclosure.rules.tables import ShownTable
from participation.follow_up.rules.perspective_charts import question_chart
from participation.foundation.i18n import format_day, ngettext, text_direction
from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.grouping import Attribute
from participation.reports.queries.composing.asked import Asked
from participation.reports.rules.snapshot import Json, drawn, heading, row, table, words
from participation.results.rules.findings import PublishedFinding
from participation.results.rules.round_tables import chart

POINT_KINDS = ("strength", "shortcoming")


def findings(asked: Asked) -> list[Json]:
    """By perspective, with strength and quotes."""
    blocks: list[Json] = []
    for perspective in perspectives(asked.session):
        own = [one for one in asked.findings if one.perspective_key == perspective.key]
        if own:
            blocks.append(heading(perspective.name))
            blocks += [finding_block(asked, one) for one in own]
    return blocks


def finding_block(asked: Asked, one: PublishedFinding, *, is_short: bool = False) -> Json:
    quotes = one.quotes[: 1 if is_short else None]
    refs = [asked.ref_of_finding[one.public_id]]
    if one.strength:
        refs.append(f"release:{one.strength.release_public_id}")
    return {
        "kind": "finding",
        "title": one.title,
        "text": "" if is_short else one.body,
        "figure": one.figure or "",
        "strength": _strength(one),
        "quotes": [
            {
                "text": quote.text,
                "by": quote.by,
                "language": quote.language,
                "dir": text_direction(quote.language),
            }
            for quote in quotes
        ],
        "refs": refs,
    }


def _strength(one: PublishedFinding) -> str:
    if one.strength:
        told = _(
            "answered %(answers)s to “%(question)s”.",
            answers=one.strength.answers_mid_sentence,
            question=one.strength.question,
        )
        return f"{one.figure} {told} {one.strength.in_words}"
    if one.voices:
        return one.voices.spread_in_words
    return _("The team's own observation.") if one.is_own_observation else ""


# ---------------------------------------------------------------- questionnaires


def own_rounds(asked: Asked) -> list[Release]:
    """Published rounds of the period with something to show for whom the report is for."""
    found = [one for one in asked.releases if one.kind == ReleaseKind.ROUND_TOTALS.value]
    if asked.is_of_county:
        return found
    return [one for one in found if any(_of_place(asked, one))]


def results(asked: Asked) -> list[Json]:
    rounds = own_rounds(asked)
    if not rounds:
        return []
    columns = (_("Questionnaire"), _("Number who answered"), _("Published"), _("Publication"))
    lines = [
        row(
            one.title,
            one.payload["respondents"] if asked.is_of_county else None,
            format_day(one.published_at),
            one.number,
            refs=[f"release:{one.public_id}"],
        )
        for one in rounds
    ]
    blocks = [table(_("Published questionnaires"), columns, lines, numbers="13")]
    for one in rounds:
        told = list(_of_county(one) if asked.is_of_county else _of_place(asked, one))
        if told:
            blocks += [heading(one.title), *told]
    return blocks


def _of_county(release: Release) -> Iterator[Json]:
    ref = f"release:{release.public_id}"
    source = _("Publication %(number)s.", number=release.number)
    by_role = next(iter(breakdowns_of(release, Attribute.ROLE.value)), None)
    for one in tables_of(release):
        if one.is_hidden:
            yield words(_("Too few answered “%(question)s”.", question=one.title), ref)
            continue
        picture = question_chart(one.title, one, by_role, release.title)
        if picture is not None:
            yield drawn(picture, source, ref)
        else:
            rows = [row(*cells) for cells in chart(one).rows]
            yield table(one.title, (_("Answer"), _("Number"), _("Share")), rows, ref, numbers="12")


def _of_place(asked: Asked, release: Release) -> Iterator[Json]:
    """The rows of the place in breakdowns that passed the gate; hidden ones are not there."""
    ref = f"release:{release.public_id}"
    tables = {one.key: one for one in tables_of(release)}
    report = asked.report
    attribute = Attribute.UNIT if report.unit else Attribute.MUNICIPALITY
    code = str(report.unit_id) if report.unit else report.municipality and report.municipality.code
    for shown in breakdowns_of(release, attribute.value):
        place = next((i for i, g in enumerate(shown.groups) if g.codes == (code,)), None)
        for grouped in shown.tables if place is not None else ():
            line = grouped.rows[place or 0]
            if line.n and line.counts is not None and grouped.key in tables:
                yield _place_table(tables[grouped.key], grouped, line, ref)


def _place_table(whole: ShownTable, grouped: ShownGrouped, line: ShownRow, ref: str) -> Json:
    counts: Sequence[int | None] = line.counts or ()
    rows = [
        row(
            column.label,
            _("hidden") if count is None else count,
            "–" if count is None or not line.n else f"{round(100 * count / line.n)} %",
        )
        for column, count in zip(grouped.columns, counts, strict=True)
    ]
    answers = ngettext("%(num)s answer", "%(num)s answers", line.n or 0)
    columns = (_("Answer"), _("Number"), _("Share"))
    return table(f"{whole.title} ({answers})", columns, rows, ref, numbers="12")


# ---------------------------------------------------------------- audits


def audits(asked: Asked) -> list[Json]:
    """Public summaries in the words of their releases, and what became of the proposals."""
    blocks: list[Json] = []
    for release, unit_id in _summaries(asked):
        if asked.is_of_county or unit_id in asked.unit_ids:
            blocks += _audit(asked, release, unit_id)
    return blocks


def _summaries(asked: Asked) -> list[tuple[Release, int]]:
    unit_ids = asked.audited
    found = [one for one in asked.releases if one.kind == ReleaseKind.AUDIT_REPORT.value]
    return [(one, unit_ids[one.id]) for one in found if one.id in unit_ids]


def _audit(asked: Asked, release: Release, unit_id: int) -> list[Json]:
    ref, told = f"release:{release.public_id}", release.payload
    labels = {"strength": _("Works well"), "shortcoming": _("Does not work")}
    points = [
        row(labels[point["kind"]], point["title"], refs=[ref])
        for point in told["points"]
        if point["kind"] in POINT_KINDS
    ]
    return [
        heading(told["title"]),
        words(told["summary"], ref),
        table(_("What the auditors found"), (_("What"), _("What people say")), points),
        *_followed(asked, unit_id),
    ]


def _followed(asked: Asked, unit_id: int) -> list[Json]:
    owed = [
        one
        for one in asked.promises
        if one.owed_by_unit_id == unit_id and one.subject_kind == "audit_proposal"
    ]
    if not owed:
        return []
    words_of = {"open": _("Waiting for an answer"), "in_progress": _("Under way")}
    words_of |= {"done": _("Done"), "declined": _("No, with reasons")}
    rows = [
        row(one.title, words_of[one.status], one.action_text or one.answer_text or None)
        | {"refs": asked.refs_of(one)}
        for one in owed
    ]
    columns = (_("Proposal"), _("How it is going"), _("Answer"))
    return [table(_("What became of the proposals"), columns, rows)]
