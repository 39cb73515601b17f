"""Forms of those who lead a meeting."""

from typing import Any

from participation.foundation.forms import (
    NOT_A_CHOICE,
    Day,
    Form,
    Hidden,
    OneOf,
    OneOfList,
    TextBlock,
    TextLine,
    Tick,
    WholeNumber,
)
from participation.foundation.i18n import lazy_gettext as _l
from participation.meetings.models import Meeting
from participation.meetings.rules.states import (
    KIND_LABELS,
    LONGEST_PLACE,
    LONGEST_STATEMENT,
    LONGEST_THEME,
    MOST_DOTS,
    MOST_PARTICIPANTS,
    MOST_PLACES,
    MOST_TABLES,
    MeetingKind,
)
from participation.meetings.services import MeetingDraft

Choices = list[tuple[str, str]]


class MeetingForm(Form):
    """A meeting before it opens."""

    offers_county = False
    kind = OneOf(
        _l("What is it?"),
        lambda: [(key, label) for key, label in KIND_LABELS.items()],
        default=MeetingKind.DIALOGUE.value,
    )
    theme = TextLine(
        _l("Theme"),
        hint=_l("A question works well: “What makes a good first meeting?”"),
        max_length=LONGEST_THEME,
        missing=_l("Write what the meeting is about."),
    )
    held_on = Day(_l("Day"))
    place = TextLine(_l("Place"), optional=True, max_length=LONGEST_PLACE)
    organisation = OneOfList(_l("Who holds the meeting?"), [], optional=True)
    activity = OneOfList(_l("Activity that people were invited to"), [], optional=True)
    dots_each = WholeNumber(
        _l("Dots for each person"),
        hint=_l("Everybody puts their dots on the statements that matter most to them."),
        minimum=1,
        maximum=MOST_DOTS,
        default=3,
    )

    def offer(self, organisations: Choices, activities: Choices) -> "MeetingForm":
        self.organisation.choices = organisations
        self.offers_county = any(not key for key, _label in organisations)
        self.activity.choices = activities
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Nothing chosen means the whole county, where that is offered at all."""
        holds = bool(super().validate(extra_validators))
        if not self.organisation.data and not self.offers_county:
            self.add_error("organisation", NOT_A_CHOICE)
            return False
        return holds

    def show(self, meeting: Meeting) -> "MeetingForm":
        """Fill in what is known."""
        self.kind.data, self.theme.data = meeting.kind, meeting.theme
        self.held_on.data, self.place.data = meeting.held_on, meeting.place
        self.organisation.data = str(meeting.organisation_id or "")
        self.activity.data = str(meeting.activity_id or "")
        self.dots_each.data = meeting.dots_each
        return self

    def draft(self) -> MeetingDraft:
        return MeetingDraft(
            kind=self.kind.data,
            theme=self.theme.data,
            held_on=self.held_on.data,
            place=self.place.data or "",
            organisation_id=int(self.organisation.data) if self.organisation.data else None,
            activity_id=int(self.activity.data) if self.activity.data else None,
            dots_each=self.dots_each.data or 1,
        )


class NewMeetingForm(MeetingForm):
    """The same, with the room."""

    tables = WholeNumber(_l("Tables"), minimum=1, maximum=MOST_TABLES, default=4)
    places = WholeNumber(
        _l("Places at each table"),
        hint=_l("So many people at a table can place dots."),
        minimum=2,
        maximum=MOST_PLACES,
        default=8,
    )

    def draft(self) -> MeetingDraft:
        said = super().draft()
        return MeetingDraft(
            **{
                **vars(said),
                "tables": self.tables.data or 1,
                "places": self.places.data or 2,
            }
        )


class NewCodeForm(Form):
    """A new code for a table. `edition`: the sheet that was seen."""

    edition = Hidden(max_length=9)
    clears_dots = Tick(
        _l("Take the table's dots away too"),
        hint=_l("If others may have placed them. Then everybody at the table places theirs anew."),
    )

    @property
    def seen(self) -> int:
        """The edition as a number; 0 where it is none."""
        told = self.edition.data or ""
        return int(told) if told.isdecimal() else 0


class CloseForm(Form):
    """How many came."""

    participants = WholeNumber(
        _l("How many took part?"),
        hint=_l("Count those who sat at the tables. With fewer than five, nothing is shown."),
        minimum=0,
        maximum=MOST_PARTICIPANTS,
    )


class ReviewForm(Form):
    """What of a statement may stay, and whether everybody may read it."""

    text = TextBlock(
        _l("The words that may stay"),
        hint=_l("Take away what points to a person. Change nothing else."),
        missing=_l("Something must stay. Choose “No” below if it cannot be shown."),
        max_length=2 * LONGEST_STATEMENT,
        rows=3,
    )
    is_shown = OneOf(
        _l("May everybody read it?"),
        [("yes", _l("Yes, it points to nobody")), ("no", _l("No, leave it out"))],
        missing=_l("Choose yes or no."),
    )


class WithdrawForm(Form):
    """Why something is taken back."""

    reason = TextBlock(
        _l("Why is it withdrawn?"),
        hint=_l("The reason is kept in the history."),
        missing=_l("Say why."),
        rows=3,
        max_length=500,
    )
