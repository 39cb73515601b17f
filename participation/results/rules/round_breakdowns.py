"""A round's totals by group, as breakdowns for the gate."""

from collections.abc import Mapping, Sequence

from participation.disclosure.rules.breakdowns import Breakdown, Group, GroupRow
from participation.disclosure.rules.tables import Table
from participation.foundation.i18n import DEFAULT_LOCALE
from participation.foundation.i18n import gettext as _
from participation.questionnaires.queries import GroupTotal, RoundTotals
from participation.questionnaires.rules.content import Content, Question
from participation.questionnaires.rules.grouping import (
    ATTRIBUTE_LABELS,
    UNKNOWN,
    Attribute,
    question_of,
)
from participation.questionnaires.rules.rounds import ROLE_LABELS, RespondentRole
from participation.results.rules.looking import group_node
from participation.results.rules.round_tables import NUMBER

NO_ANSWER = (0, dict[str, int]())


def round_breakdowns(
    totals: RoundTotals,
    tables: Sequence[Table],
    content: Content,
    unit_names: Mapping[str, str],
) -> tuple[Breakdown, ...]:
    """Everything counted by group. Questions about who answers are not broken down themselves:
    two of them crossed would be a table of people.
    """
    asked = [
        table
        for table in tables
        if not is_about_who_answers(content, table.key) and table.what != NUMBER
    ]
    return tuple(
        breakdown_by(attribute, groups, asked, content, unit_names)
        for attribute, groups in totals.by_group.items()
    )


def is_about_who_answers(content: Content, key: str) -> bool:
    """Whether a question asks who somebody is: what answers are counted by, not itself a result."""
    question = content.asked.get(key)
    return question is not None and bool(question.background or question.sets_respondent_role)


def breakdown_by(
    attribute: Attribute,
    totals: Sequence[GroupTotal],
    tables: Sequence[Table],
    content: Content,
    unit_names: Mapping[str, str],
) -> Breakdown:
    """One breakdown, its groups in the order of the questionnaire."""
    key = question_of(attribute, content) or ""
    groups = _in_order(totals, _labels(attribute, key, content, unit_names))
    unsure = {o.code for o in content.asked[key].options if o.is_apart} if key else set[str]()
    return Breakdown(
        attribute=attribute.value,
        title=str(ATTRIBUTE_LABELS[attribute]),
        subject=_subject(attribute, content),
        question_key=key,
        node=group_node(attribute, content),
        is_ordered=attribute is Attribute.AGE_BAND,
        groups=tuple(
            Group(
                code=total.code,
                label=label,
                people=total.people,
                is_unknown=total.code in {UNKNOWN, *unsure},
                answers=_answers_of(attribute, total.code, content.asked[key] if key else None),
            )
            for total, label in groups
        ),
        rows={table.key: tuple(_row(table, total) for total, _label in groups) for table in tables},
    )


def _answers_of(attribute: Attribute, code: str, question: Question | None) -> frozenset[str]:
    """A role has a code of its own; several answers may lead to it."""
    if attribute is not Attribute.ROLE or question is None:
        return frozenset()
    return frozenset(one.code for one in question.options if one.respondent_role == code)


def _row(table: Table, total: GroupTotal) -> GroupRow:
    answered, counts = total.answers.get(table.key, NO_ANSWER)
    in_order = tuple(counts.get(cell.code, 0) for cell in table.cells)
    return GroupRow(n=answered if table.is_many else sum(in_order), counts=in_order)


def _subject(attribute: Attribute, content: Content) -> str:
    """Units lie in municipalities, and a child is a child by role and by age."""
    if attribute in {Attribute.UNIT, Attribute.MUNICIPALITY}:
        return "place"
    if attribute is Attribute.AGE_BAND and RespondentRole.CHILD in content.audience:
        return Attribute.ROLE.value
    return attribute.value


def _labels(
    attribute: Attribute, key: str, content: Content, unit_names: Mapping[str, str]
) -> Mapping[str, str]:
    if attribute is Attribute.UNIT:
        return unit_names
    if attribute is Attribute.ROLE:
        return {role.value: str(label) for role, label in ROLE_LABELS.items()}
    options = content.asked[key].options
    return {option.code: option.text.said(DEFAULT_LOCALE) for option in options}


def _in_order(
    totals: Sequence[GroupTotal], labels: Mapping[str, str]
) -> list[tuple[GroupTotal, str]]:
    """In the order of the labels, those who did not say last."""
    places = {code: place for place, code in enumerate(labels)}
    ordered = sorted(totals, key=lambda total: (places.get(total.code, len(places)), total.code))
    return [(total, _capital(labels.get(total.code) or _("Not stated"))) for total in ordered]


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
