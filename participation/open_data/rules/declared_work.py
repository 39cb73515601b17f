"""Datasets of the joint work: who, what they plan, how it is measured."""

from participation.foundation.i18n import lazy_gettext as _l
from participation.open_data.rules.columns import (
    BOOLEAN,
    DAY,
    FICTIONAL,
    GROUP,
    ID,
    INTEGER,
    LINK,
    NUMBER,
    PAGE,
)
from participation.open_data.rules.resources import Field, Filter, Resource

FEW = Field(
    "hidden",
    "Why value is empty. few_people: fewer than five stand behind it, or behind one that could "
    "be worked out from it.",
    "few_people",
    is_nullable=True,
    codes=("few_people",),
)

AREAS = Resource(
    "areas",
    "Area",
    _l("Areas"),
    _l("The subjects that people share their experiences of."),
    (
        Field("id", "The area's key.", "psykisk_halsa"),
        Field("name", "In Swedish.", "Psykisk hälsa"),
        Field("name_en", "In English, where there is one.", "Mental health", is_nullable=True),
        PAGE,
    ),
)
GROUPS = Resource(
    "groups",
    "Group",
    _l("Groups"),
    _l("The groups of the joint work, and how they hang together."),
    (
        ID,
        Field("name", "In Swedish.", "Psykisk hälsa"),
        Field("name_en", "In English, where there is one.", "Mental health", is_nullable=True),
        Field("kind", "On which level the group works.", "coordinating"),
        Field("parent", "The id of the group above.", "cmvcv3494pcq", is_nullable=True),
        Field("area", "The key of its area.", "psykisk_halsa", is_nullable=True),
        Field("description", "What the group does.", "Leder arbetet.", is_nullable=True),
        FICTIONAL,
        PAGE,
    ),
)
MUNICIPALITIES = Resource(
    "municipalities",
    "Municipality",
    _l("Municipalities"),
    _l("With code and number of residents."),
    (
        Field("id", "Statistics Sweden's code.", "0880"),
        Field("name", "In Swedish.", "Kalmar"),
        Field("population", "Residents.", 72_000, INTEGER),
    ),
)
PERSPECTIVES = Resource(
    "perspectives",
    "Perspective",
    _l("Perspectives"),
    _l("From where the work is followed up: residents, staff, health, resources."),
    (
        Field("id", "The perspective's key.", "resident"),
        Field("name", "In Swedish.", "Invånare"),
        Field("description", "What is seen from there.", "Vad människor säger.", is_nullable=True),
    ),
)
_COUNTS = tuple(
    Field(name, f"How many plan actions {words}.", 3, INTEGER)
    for name, words in (
        ("actions", "there are"),
        ("actions_done", "are done"),
        ("actions_going", "are going on"),
        ("actions_not_started", "have not been started"),
        ("actions_declined", "will not be done"),
        ("actions_not_loaded", "nothing is told of"),
    )
)
PLANS = Resource(
    "plans",
    "Plan",
    _l("Action plans"),
    _l("Each group's plan, and how far its plan actions have come."),
    (
        ID,
        Field("title", "In Swedish.", "Handlingsplan 2025–2026"),
        Field("group", "The id of the group.", "cmvcv3494pcq"),
        Field("group_name", "The group's name in Swedish.", "Psykisk hälsa"),
        Field(
            "form",
            "areas: improvement areas; goals: the older form.",
            "areas",
            codes=("areas", "goals"),
        ),
        Field("content", "not_loaded: only the decision is known.", "loaded"),
        Field("period_from", "First year.", 2025, INTEGER),
        Field("period_to", "Last year.", 2026, INTEGER),
        Field("decided", "When it was decided, as exact as known.", "2025-02", is_nullable=True),
        Field("decided_by", "Who decided.", "LGL", is_nullable=True),
        *_COUNTS,
        FICTIONAL,
        PAGE,
    ),
    filters=(GROUP,),
)
PLAN_LINES = Resource(
    "plan-lines",
    "PlanLine",
    _l("Lines of action plans"),
    _l("Improvement areas, goals and plan actions, with the newest status."),
    (
        ID,
        Field("plan", "The id of the plan.", "cmvcv3494pcq"),
        Field("parent", "The id of the line above.", "cmvcv3494pcq", is_nullable=True),
        Field("position", "The line's place in the plan.", 4, INTEGER),
        Field("kind", "What the line is.", "plan_action"),
        Field("text", "The line itself.", "Skriva en gemensam mall"),
        Field("purpose", "Why, of an improvement area.", "Färre möten.", is_nullable=True),
        Field("time_frame", "When.", "3–5 år", is_nullable=True),
        Field("responsible", "Which body is responsible.", "Regionen", is_nullable=True),
        Field("indicator", "The key of an indicator.", "trygghet", is_nullable=True),
        Field(
            "status",
            "Of a plan action.",
            "going",
            is_nullable=True,
            codes=("not_loaded", "not_started", "going", "done", "declined"),
        ),
        Field("status_on", "When the status was told.", "2026-05-04", DAY, is_nullable=True),
        Field("status_text", "What was told with it.", "Klar i maj.", is_nullable=True),
    ),
    filters=(
        Filter("plan", "plan", "The id of a plan.", "cmvcv3494pcq"),
        Filter("status", "status", "A status.", "going"),
    ),
    updated="status_on",
)
INDICATORS = Resource(
    "indicators",
    "Indicator",
    _l("Indicators"),
    _l("What each measure means and where it comes from."),
    (
        ID,
        Field("key", "The indicator's key.", "trygghet"),
        Field("name", "In Swedish.", "Trygghet"),
        Field("group", "The id of the group it belongs to.", "cmvcv3494pcq", is_nullable=True),
        Field("perspective", "The key of a perspective.", "resident"),
        Field("unit", "What is measured in.", "procent"),
        Field("description", "What is measured.", "Andel som svarat ja.", is_nullable=True),
        Field("numerator", "What is divided.", "De som svarat ja", is_nullable=True),
        Field("denominator", "By what.", "Alla som svarat", is_nullable=True),
        Field("caveats", "What to mind.", "Liten grupp.", is_nullable=True),
        Field("source", "Where the values come from.", "Kolada", is_nullable=True),
        Field("source_url", "Its address.", "https://example.org/", LINK, is_nullable=True),
        Field("outside_code", "What the source calls it.", "N00945", is_nullable=True),
        Field("level", "Of what the values are.", "county"),
        Field("better", "Which way is better.", "higher", codes=("higher", "lower", "none")),
        Field("goal", "In words.", "Minst två om året", is_nullable=True),
        Field("target", "The same as a value.", 2.0, NUMBER, is_nullable=True),
        Field(
            "target_kind",
            "Which side of it is good.",
            "at_least",
            is_nullable=True,
            codes=("at_least", "at_most"),
        ),
        Field("target_by", "The period it is to be reached in.", "2026", is_nullable=True),
        Field("period_kind", "What a period is.", "year"),
        Field(
            "is_counted_here",
            "The platform counts it itself: see the dataset counts.",
            example=False,
            kind=BOOLEAN,
        ),
        Field(
            "retired_on", "Since when it is followed no more.", "2026-01-01", DAY, is_nullable=True
        ),
        PAGE,
    ),
    filters=(
        GROUP,
        Filter("perspective", "perspective", "The key of a perspective.", "resident"),
    ),
)
MEASUREMENTS = Resource(
    "measurements",
    "Measurement",
    _l("Measurements"),
    _l("Values of the indicators by period, municipality and gender."),
    (
        Field("indicator", "The id of the indicator.", "cmvcv3494pcq"),
        Field("period", "Year, half-year, quarter or school year.", "2025-Q3"),
        Field("municipality", "Its code; none: the whole county.", "0880", is_nullable=True),
        Field("gender", "T all, K women, M men.", "T", codes=("T", "K", "M")),
        Field("age_band", "From–to, where it is about an age.", "16-29", is_nullable=True),
        Field(
            "reference",
            "Whose value it is, where it is not the county's own.",
            "Riket",
            is_nullable=True,
        ),
        Field("value", "In the indicator's unit; none: hidden.", 61.5, NUMBER, is_nullable=True),
        FEW,
        Field("is_preliminary", "May still change.", example=False, kind=BOOLEAN),
        Field(
            "has_break_before",
            "Measured differently from the value before: do not compare.",
            example=False,
            kind=BOOLEAN,
        ),
        Field("note", "What to know about the value.", "Ny fråga.", is_nullable=True),
    ),
    filters=(
        Filter("indicator", "indicator", "The id of an indicator.", "cmvcv3494pcq"),
        Filter(
            "municipality", "municipality", "A municipality's code, or county: the whole.", "0880"
        ),
        Filter("gender", "gender", "T, K or M.", "K"),
        Filter("period", "period", "A period.", "2025"),
    ),
    is_large=True,
)
COUNTS = Resource(
    "counts",
    "Count",
    _l("What the platform counts itself"),
    _l("Indicators of participation: activities, audits, seats that are filled."),
    (
        Field("id", "The indicator's id and the year.", "cmvcv3494pcq-2026"),
        Field("indicator", "The id of the indicator.", "cmvcv3494pcq"),
        Field("period", "The year.", "2026"),
        Field("value", "None: hidden.", 7, INTEGER, is_nullable=True),
        FEW,
        Field("is_preliminary", "The year is not over.", example=True, kind=BOOLEAN),
    ),
    filters=(Filter("indicator", "indicator", "The id of an indicator.", "cmvcv3494pcq"),),
)
