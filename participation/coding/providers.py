"""What coding shows elsewhere: what waits for coders."""

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy.orm import Session

from participation.coding import queries
from participation.coding.queries.double import waiting_rounds
from participation.coding.queries.importing import number_sent_in
from participation.coding.queries.learning import skills_of
from participation.coding.queries.memos import has_left_traces, memos_by
from participation.coding.queries.urgent import urgent_to_take
from participation.coding.rules.learning import Skill
from participation.coding.services.learning import forget_learner
from participation.coding.services.memos import forget_memos
from participation.coding.services.waiting import forget_imports_of
from participation.foundation.clock import today
from participation.foundation.i18n import format_day, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, DataSection, StartItem


class MaterialToRead:
    """Texts nobody has read yet, and texts nobody has coded yet: one item per material."""

    room = "coding"

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.WORK_WITH_MATERIAL):
            return
        for line in queries.waiting_by_material(session, actor):
            values = {"public_id": line.material.public_id}
            if line.to_review and line.may_review:
                yield StartItem(
                    title=_("Read through “%(title)s”", title=line.material.title),
                    detail=ngettext(
                        "One text waits. Hide what points to somebody.",
                        "%(num)s texts wait. Hide what points to somebody.",
                        line.to_review,
                    ),
                    address=Address(endpoint="coding.review", values=values),
                    action=_("Read through"),
                )
            elif line.to_code:
                yield StartItem(
                    title=_("Code “%(title)s”", title=line.material.title),
                    detail=ngettext(
                        "One text is not coded.", "%(num)s texts are not coded.", line.to_code
                    ),
                    address=Address(endpoint="coding.bench", values=values),
                    action=_("Start coding"),
                )


class SampleToCode:
    """A sample that somebody asked the person to code, without seeing the other's work."""

    room = "coding"

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.WORK_WITH_MATERIAL):
            return
        for material, left in waiting_rounds(session, actor):
            yield StartItem(
                title=_("Code the sample of “%(title)s”", title=material.title),
                detail=ngettext(
                    "One text is left. You and a colleague code the same texts.",
                    "%(num)s texts are left. You and a colleague code the same texts.",
                    left,
                ),
                address=Address(endpoint="coding.double", values={"public_id": material.public_id}),
                action=_("Code the sample"),
            )


class CoderData:
    """What coding holds about one coder: their memos, what was learnt from their codes, and what
    they sent in that waits for their yes.
    """

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        if not has_left_traces(session, account_id):
            return
        memos = memos_by(session, account_id)
        if memos:
            yield DataSection(
                title=_("Memos you wrote while coding"),
                rows=tuple((format_day(one.created_at), one.words) for one in memos),
                raw={
                    "memos": [
                        {"written_at": one.created_at.isoformat(), "words": one.words}
                        for one in memos
                    ]
                },
            )
        found = skills_of(session, account_id)
        if found:
            yield DataSection(
                title=_("Suggestions from your codes"),
                rows=tuple((code, _told(skill)) for code, skill in found),
                raw={"suggestions": [{"code": code, **asdict(skill)} for code, skill in found]},
            )
        number = number_sent_in(session, account_id)
        if number:
            yield DataSection(
                title=_("Texts you sent in to code"),
                rows=((_("Waits for your yes"), str(number)),),
                raw={"sent_in": number},
            )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        forget_learner(session, account_id)
        forget_memos(session, account_id)
        forget_imports_of(session, account_id)
        return ()


def _told(skill: Skill) -> str:
    if skill.threshold is None:
        return _("Learnt from %(num)s answers; nothing is suggested", num=skill.examples)
    return _("Has been right in %(right)s of %(said)s cases", right=skill.right, said=skill.said)


class SomebodyMayBeInDanger:
    """Before everything else: texts that were flagged and are not done."""

    room = "coding"

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.CODE_MATERIAL):
            return
        waiting = urgent_to_take(session, actor)
        if waiting:
            yield StartItem(
                title=ngettext(
                    "See to a text: somebody may be in danger",
                    "See to %(num)s texts: somebody may be in danger",
                    waiting,
                ),
                detail=_("Read, take it and say what was done."),
                address=Address(endpoint="coding.urgent"),
                action=_("Read now"),
                due_on=today(),
                count=waiting,
            )
