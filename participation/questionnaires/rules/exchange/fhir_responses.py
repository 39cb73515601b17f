"""Answers as FHIR R4 QuestionnaireResponses. Pure.

Nobody is the `subject`: whom answers are about is never known here. `source` says what kind of
person answered, and names nobody. FHIR has no word for a week, so only the year is told.
"""

from collections.abc import Mapping
from typing import Any

from participation.questionnaires.rules.content import BATTERY, Content, Question
from participation.questionnaires.rules.exchange.fhir_groups import in_groups
from participation.questionnaires.rules.exchange.fhir_writing import canonical, is_repeated
from participation.questionnaires.rules.extracts import other_column
from participation.questionnaires.rules.kinds import Stored, kind_of
from participation.questionnaires.rules.rounds import AnswersFor, RespondentRole
from participation.questionnaires.rules.words import FIRST_LANGUAGE

Json = dict[str, Any]
_KIN = frozenset(
    {
        AnswersFor.GUARDIAN,
        AnswersFor.REPRESENTATIVE,
        AnswersFor.KIN_FOR_SELF,
        AnswersFor.KIN_ABOUT_PERSON,
    }
)
# FHIR's logical reference: a type and words, no address.
SOURCE_WORDS: Mapping[str, str] = {
    AnswersFor.SELF: "answers for themselves",
    AnswersFor.ASSISTED: "answers for themselves, with help",
    AnswersFor.GUARDIAN: "guardian, for a child",
    AnswersFor.REPRESENTATIVE: "legal representative",
    AnswersFor.KIN_FOR_SELF: "next of kin, about themselves",
    AnswersFor.KIN_ABOUT_PERSON: "next of kin, about the person",
    AnswersFor.PROFESSIONAL: "professional",
}


def source_of(respondent_role: str, answers_for: str) -> Json | None:
    """Who answered, as a kind of person; None when nothing is known."""
    if answers_for == AnswersFor.PROFESSIONAL or respondent_role == RespondentRole.PROFESSIONAL:
        return {"type": "Practitioner", "display": SOURCE_WORDS[AnswersFor.PROFESSIONAL]}
    if answers_for in _KIN:
        return {"type": "RelatedPerson", "display": SOURCE_WORDS[answers_for]}
    if respondent_role == RespondentRole.NEXT_OF_KIN:
        return {"type": "RelatedPerson", "display": SOURCE_WORDS[AnswersFor.KIN_FOR_SELF]}
    if answers_for in SOURCE_WORDS:
        return {"type": "Patient", "display": SOURCE_WORDS[answers_for]}
    return {"type": "Patient"} if respondent_role else None


def response(
    content: Content,
    answers: Mapping[str, Stored],
    *,
    key: str,
    version: int,
    year: int,
    source: Json | None,
) -> Json:
    """One person's answers. What was left out or never asked has no item."""
    items = in_groups(
        content, lambda question: _item(question, answers), lambda link, _group: {"linkId": link}
    )
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{canonical(key)}|{version}",
        "status": "completed",
        "authored": str(year),
        **({"source": source} if source else {}),
        **({"item": items} if items else {}),
    }


def _item(question: Question, answers: Mapping[str, Stored]) -> Json | None:
    """What was answered; a battery's statements choose from the set it shares with them."""
    if question.kind == BATTERY:
        system = canonical(question.key)
        rows = [_answered(row, answers, system) for row in question.rows if row.key in answers]
        return {"linkId": question.key, "item": rows} if rows else None
    return _answered(question, answers) if question.key in answers else None


def _answered(question: Question, answers: Mapping[str, Stored], system: str = "") -> Json:
    said = _answers(question, answers[question.key], system)
    if question.other_key in answers:
        own = {"valueString": str(answers[question.other_key])}
        # A question that does not repeat has one answer: the words say what "other" means.
        said = [*said, own] if is_repeated(question) else [own]
    return {"linkId": question.key, "answer": said}


def _answers(question: Question, stored: Stored, system: str) -> list[Json]:
    if question.options:
        return [_coding(question, code, system) for code in str(stored).split(" ")]
    if question.kind == "consent":
        return [{"valueBoolean": True}]
    if question.kind == "date":
        return [{"valueDate": str(stored)}]
    if kind_of(question).is_text:
        return [{"valueString": str(stored)}]
    if question.step == 1 and not isinstance(stored, str):
        return [{"valueInteger": int(stored)}]
    return [{"valueDecimal": stored}]


def answers_of_row(content: Content, row: Mapping[str, Any]) -> dict[str, Stored]:
    """A row of an extract as answers by question key; what the extract leaves empty has none."""
    found: dict[str, Stored] = {}
    for question in content.asked.values():
        columns = {option.code: f"{question.key}.{option.code}" for option in question.options}
        cells = {code: str(row.get(column) or "") for code, column in columns.items()}
        chosen = _several(kind_of(question).render, cells)
        if chosen:
            found[question.key] = " ".join(chosen)
        written = {question.key: question.key, question.other_key: other_column(question)}
        for key, column in written.items():
            if row.get(column) not in {None, ""}:
                found[key] = row[column]
    return found


def _several(render: str, cells: Mapping[str, str]) -> list[str]:
    """Codes that were ticked, or put in order by their place."""
    if render == "ticks":
        return [code for code, cell in cells.items() if cell == "1"]
    if render == "places":
        ranked = sorted((int(cell), code) for code, cell in cells.items() if cell.isdigit())
        return [code for _place, code in ranked]
    return []


def _coding(question: Question, code: str, system: str) -> Json:
    option = question.option(code)
    words = option.text.said(FIRST_LANGUAGE) if option is not None else code
    of_set = {"system": system} if system else {}
    return {"valueCoding": {**of_set, "code": code, "display": words}}
