"""What the invented organisations ask on their own, for the survey inventory."""

from typing import Any

from participation.county.queries import organisation_by_key
from participation.demo.year import Year
from participation.inventory.rules import SurveyDraft
from participation.inventory.services import end_survey, register_survey


def gather_surveys(year: Year) -> None:
    """Register them; one association's only survey is held no more."""
    for number, entry in enumerate(year.texts.surveys):
        draft = _draft(year, entry)
        made = register_survey(year.session, year.coordinator, draft, is_fictional=True)
        if number == len(year.texts.surveys) - 1:
            end_survey(year.session, year.coordinator, made)


def _draft(year: Year, entry: dict[str, Any]) -> SurveyDraft:
    return SurveyDraft(
        title=entry["title"],
        organisation_id=organisation_by_key(year.session, entry["organisation"]).id,
        targets=tuple(entry["targets"]),
        area_id=year.area_id(entry["area"]),
        place=entry["place"],
        how_often=entry["how_often"],
        last_year=year.calendar.today.year - entry["years_ago"],
        needs=entry["needs"],
        done=entry["done"],
        questions=tuple(entry["questions"]),
    )
