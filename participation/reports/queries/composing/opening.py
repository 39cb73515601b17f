"""One page for who has one minute: three findings, what was promised, what is late."""

from participation.commitments.models import Commitment
from participation.foundation.i18n import format_day, ngettext
from participation.foundation.i18n import gettext as _
from participation.reports.queries.composing.asked import Asked
from participation.reports.queries.composing.voices import finding_block, own_rounds
from participation.reports.rules.snapshot import Json, heading, row, table, words

FIRST_FINDINGS = 3
MOST_PROMISES = 6
MOST_LATE = 8


def summary(asked: Asked) -> list[Json]:
    first = asked.findings[:FIRST_FINDINGS]
    said = [finding_block(asked, one, is_short=True) for one in first]
    return [*(said or [words(_none_said(asked))]), *_promised(asked), *_late(asked)]


def _none_said(asked: Asked) -> str:
    if asked.is_of_county:
        return _("No finding was published in the period.")
    count = len(own_rounds(asked))
    if not count:
        return _(
            "No questionnaire has answers from here that may be shown: at least five people have "
            "to stand behind each number."
        )
    return ngettext(
        "One published questionnaire has answers from here.",
        "%(num)s published questionnaires have answers from here.",
        count,
    )


def _promised(asked: Asked) -> list[Json]:
    found = [
        one
        for one in asked.promises
        if one.action_text
        and one.status in {"in_progress", "done"}
        and asked.is_in_period(one.answered_on)
    ]
    told = heading(_("What was promised"))
    if not found:
        return [told, words(_("Nothing was promised in public in the period."))]
    columns = (_("What was promised"), _("Who"), _("How it is going"))
    rows = [
        row(one.action_text, one.owed_by_name(), state_of(asked, one), refs=asked.refs_of(one))
        for one in found[:MOST_PROMISES]
    ]
    return [told, table(_("What was promised"), columns, rows)]


def _late(asked: Asked) -> list[Json]:
    late = sorted(asked.promises, key=lambda one: (-asked.days_late(one), one.id))
    late = [one for one in late if asked.days_late(one)]
    told = heading(_("What is late"))
    if not late:
        return [told, words(_("Nothing is late."))]
    columns = (_("What is late"), _("Who"), _("Days late"))
    rows = [
        row(one.title, one.owed_by_name(), asked.days_late(one), refs=asked.refs_of(one))
        for one in late[:MOST_LATE]
    ]
    shown = [told, table(_("What is late"), columns, rows, numbers="2")]
    if len(late) > MOST_LATE:
        more = len(late) - MOST_LATE
        shown.append(words(ngettext("And %(num)s more.", "And %(num)s more.", more)))
    return shown


def state_of(asked: Asked, promise: Commitment) -> str:
    """How an owed answer stands, in words."""
    days = asked.days_late(promise)
    if days:
        return ngettext("%(num)s day late", "%(num)s days late", days)
    if promise.status == "open":
        return _("An answer is due %(date)s.", date=format_day(promise.due_on))
    return {
        "in_progress": _("Under way"),
        "done": _("Done"),
        "declined": _("No, with reasons"),
    }[promise.status]
