"""Columns and filters that several datasets have."""

from participation.open_data.rules.resources import Field, Filter, Kind

DAY, MOMENT, INTEGER, NUMBER = Kind.DAY, Kind.MOMENT, Kind.INTEGER, Kind.NUMBER
LINK, TEXTS, BOOLEAN = Kind.LINK, Kind.TEXTS, Kind.BOOLEAN

ID = Field("id", "Stays the same for as long as the row exists.", "cmvcv3494pcq")
PAGE = Field("page", "The page for people.", "https://example.org/findings/x", LINK)
PAGE_OR_NONE = Field(
    "page", "The page for people, where there is one.", "https://example.org/", LINK, True
)
FICTIONAL = Field(
    "is_fictional", "An invented example, as in a demonstration.", example=False, kind=BOOLEAN
)
GROUP = Filter("group", "group", "The id of a group.", "cmvcv3494pcq")
