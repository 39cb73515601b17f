"""What the newsletter declares: news and their feed, its issues, and who asked for it."""

from flask import Flask

from participation.foundation.feature import Feature, Features, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission
from participation.newsletter.jobs import SCHEDULES, ForgetUnconfirmed, SendIssue
from participation.newsletter.providers import ROOM, IssueDue, SubscriptionData
from participation.newsletter.views import blueprint, leaving


def _init_app(app: Flask) -> None:
    app.extensions["csrf"].exempt(leaving)  # no session: the mailed link is the proof


def newsletter_feature(others: Features) -> Feature:
    """The newsletter tells what all other features publish."""
    return Feature(
        name="newsletter",
        blueprints=(blueprint, leaving),
        init_app=_init_app,
        navigation=(
            NavItem(
                section="answers",
                order=140,
                label=to_translate("Newsletter"),
                endpoint="newsletter.issues",
                permission=Permission.PUBLISH_FINDINGS,
                room=ROOM,
            ),
        ),
        job_handlers=(
            SendIssue(lambda: others.collect("published_news")),
            ForgetUnconfirmed(),
        ),
        schedules=SCHEDULES,
        start_cards=(IssueDue(),),
        person_data=(SubscriptionData(),),
    )
