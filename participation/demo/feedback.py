""" "You said – we did": what people said, what was answered and how it went."""

from typing import Any

from participation.commitments.models import Commitment
from participation.commitments.services import (
    answer_commitment,
    move_deadline,
    owe,
    update_status,
)
from participation.county.models import Group, Unit
from participation.demo.cast import (
    CONTACT_OF_MUNICIPALITY,
    CONTACT_OF_REGION,
    MEMBER_OF_TRIAL_GROUP,
)
from participation.demo.year import Year
from participation.follow_up.services.feedback import tell_check, tell_feedback
from participation.foundation.permissions import Actor

SUBJECT_KIND = "feedback"
WHO_SAID = {
    "patient": "Patienter som har berättat",
    "service_user": "Brukare som har berättat",
    "next_of_kin": "Närstående som har berättat",
}


def tell_year(year: Year) -> None:
    """Every matter in the order it was said, each step on its own day."""
    for entry in sorted(year.texts.feedback, key=lambda told: told["voice"]["date"]):
        _tell(year, entry)


def _tell(year: Year, entry: dict[str, Any]) -> None:
    voice = entry["voice"]
    with year.calendar.stand_at(voice["date"], 15):
        commitment = _owed(year, entry)
        feedback = tell_feedback(
            year.session,
            year.coordinator,
            commitment,
            title=entry["title"],
            voice_text=voice["text"],
            voice_on=voice["date"],
            voice_role=voice["role"],
            voice_where=voice["where"],
            area_id=year.area_id(entry["area"]),
        )
    if entry["answer"] is not None:
        follow(year, commitment, entry)
    check = entry.get("check")
    if check is not None:
        with year.calendar.stand_at(check["date"], 16):
            tell_check(
                year.session, year.coordinator, feedback.public_id, check["text"], check["date"]
            )


def _owed(year: Year, entry: dict[str, Any]) -> Commitment:
    activity = year.activities.get(entry["activity"] or "")
    owing = owner(year, entry["owed_by"])
    # While nobody has answered, the day in the texts is the answer's; afterwards the action's.
    due_on = entry["answered_on"] or entry["due_on"]
    return owe(
        year.session,
        owed_by=owing,
        owed_to=WHO_SAID[entry["voice"]["role"]],
        subject_kind="activity" if activity else SUBJECT_KIND,
        subject_public_id=activity.public_id if activity else "",
        title=entry["title"],
        due_on=due_on,
        is_fictional=True,
        actor=year.coordinator,
    )


def owner(year: Year, owed_by: dict[str, str]) -> Unit | Group:
    """ "unit" or "group" and its name, as the texts say who owes."""
    if "unit" in owed_by:
        return year.units[owed_by["unit"]]
    return year.groups[owed_by["group"]]


def answerer(year: Year, commitment: Commitment) -> Actor:
    """Somebody who may speak for whoever owes."""
    if commitment.owed_by_group_id is not None:
        return year.actor(MEMBER_OF_TRIAL_GROUP)
    region = year.organisations["exempelregionen"]
    is_region = commitment.owner_organisation_id == region.id
    return year.actor(CONTACT_OF_REGION if is_region else CONTACT_OF_MUNICIPALITY)


def follow(year: Year, commitment: Commitment, entry: dict[str, Any]) -> None:
    """The answer and its updates; `entry` as feedback, statements and proposals write them."""
    actor = answerer(year, commitment)
    with year.calendar.stand_at(entry["answered_on"], 14):
        answer_commitment(
            year.session,
            actor,
            commitment,
            answer=entry["answer"],
            answer_text=entry["answer_text"],
            action_text=entry.get("action_text", ""),
            responsible=entry.get("responsible", ""),
            action_due_on=entry.get("due_on"),
            is_done=entry["status"] == "done" and not entry.get("updates"),
        )
    for update in entry.get("updates", ()):
        _update(year, actor, commitment, update, entry)


def _update(
    year: Year,
    actor: Actor,
    commitment: Commitment,
    update: dict[str, Any],
    entry: dict[str, Any],
) -> None:
    with year.calendar.stand_at(update["date"], 11):
        new_day = entry.get("new_due_on")
        if new_day and update is entry["updates"][-1]:
            move_deadline(year.session, actor, commitment, new_day, update["text"])
        elif update["status"] != commitment.status or update["status"] == "in_progress":
            update_status(year.session, actor, commitment, update["status"], update["text"])
