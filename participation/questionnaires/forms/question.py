"""One question as it is typed: its form, and the way from and to a version's JSON."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wtforms.validators import StopValidation

from participation.foundation.forms import OneOfList, TextBlock, TextLine, Tick
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.questionnaires.forms.conditions import (
    ALWAYS,
    ConditionForm,
    NumberLine,
    condition_fields,
    number_as_typed,
    offer_questions,
    with_earlier,
)
from participation.questionnaires.rules.content import BATTERY, INFORMATION, Question
from participation.questionnaires.rules.editing import (
    DONT_KNOW,
    NONE_OF_THESE,
    NOT_APPLICABLE,
    OTHER,
    YES_NO,
    Data,
    fresh_key,
    lines_as_texts,
    matched_options,
    matched_rows,
    said_anew,
    taken_keys,
    texts_as_lines,
)
from participation.questionnaires.rules.faces import FACE_KINDS, GLAD_FIRST, GLAD_LAST
from participation.questionnaires.rules.kinds import KINDS
from participation.questionnaires.rules.piping import piped
from participation.questionnaires.rules.reading import ONE_ANSWER_KINDS
from participation.questionnaires.rules.rounds import ROLE_LABELS

QUESTION_LENGTH = 500
TEXT_LENGTH = 3_000
OPTIONS_LENGTH = 10_000
MOST_SIGNS = 10_000
ROLE = "role_"

CHOICES = frozenset({"single", "multiple", "scale", "yes_no", BATTERY})
NUMBERS = frozenset({"number", "range"})
TEXTS = frozenset({"short_text", "long_text"})
# Which fields a kind of question has; a field that is not named here belongs to every kind.
FIELDS_OF_KINDS = {
    "options": CHOICES | {"ranking"},
    "other": frozenset({"single", "multiple"}),
    "none": frozenset({"multiple"}),
    "apart": CHOICES,
    "shuffled": frozenset({"single", "multiple", "ranking"}),
    "faces": FACE_KINDS,
    "rows": frozenset({BATTERY}),
    "tells_role": ONE_ANSWER_KINDS,
    "numbers": NUMBERS,
    "length": TEXTS,
    "answer": frozenset(KINDS) - {INFORMATION},
    "constraint": frozenset(KINDS) - {INFORMATION, BATTERY},
}


class QuestionForm(ConditionForm):
    """One question of any kind; the kind decides which fields matter (`FIELDS_OF_KINDS`)."""

    kind = OneOfList(_l("Kind"), lambda: [(kind.name, kind.label) for kind in KINDS.values()])
    text = TextBlock(
        _l("The question"), max_length=TEXT_LENGTH, missing=_l("Write the question."), rows=2
    )
    help = TextLine(_l("Help under the question"), optional=True, max_length=QUESTION_LENGTH)
    options = TextBlock(
        _l("Alternatives"),
        hint=_l("One a line, all in words."),
        optional=True,
        max_length=OPTIONS_LENGTH,
        rows=6,
    )
    other = TextLine(
        _l("An open alternative"),
        hint=_l("For example: Something else. Whoever chooses it is asked “which?”."),
        optional=True,
        max_length=QUESTION_LENGTH,
    )
    none = TextLine(
        _l("An alternative that rules out the others"),
        hint=_l("For example: None of these."),
        optional=True,
        max_length=QUESTION_LENGTH,
    )
    offers_dont_know = Tick(_l("Offer “Don't know”"))
    offers_not_applicable = Tick(_l("Offer “Does not apply to me”"))
    shuffled = Tick(
        _l("Show the alternatives in random order"),
        hint=_l("Each person gets an order of their own, so that the first one is not favoured."),
    )
    faces = OneOfList(
        _l("Faces beside the words"),
        lambda: [
            ("", _l("No faces")),
            (GLAD_FIRST, _l("Faces, the first one is glad")),
            (GLAD_LAST, _l("Faces, the last one is glad")),
        ],
        hint=_l("Helps children and whoever reads little. Every face keeps its words."),
        optional=True,
    )
    rows = TextBlock(
        _l("Statements to rate"),
        hint=_l("One a line. Each is asked as a question of its own."),
        optional=True,
        max_length=OPTIONS_LENGTH,
    )
    tells_role = Tick(
        _l("The answer tells whom somebody answers as"),
        hint=_l("Results are shown role by role. The first such question counts."),
    )
    minimum = NumberLine(_l("Lowest number"), optional=True, max_length=20)
    maximum = NumberLine(_l("Highest number"), optional=True, max_length=20)
    step = NumberLine(
        _l("Steps of"), hint=_l("1 for whole numbers only."), optional=True, max_length=20
    )
    max_length = NumberLine(
        _l("Longest answer, in characters"),
        hint=_l("Empty: 200 for a short text, 2,000 for own words."),
        optional=True,
        max_length=6,
    )
    required = Tick(
        _l("An answer is needed"), hint=_l("Only when the rest cannot be understood without it.")
    )
    constraint = TextLine(
        _l("Accept only answers where"),
        hint=_l("“.” is the answer: . >= 1 and . <= 7, or count-selected(.) <= 3."),
        optional=True,
        max_length=1_000,
        render={"dir": "ltr", "spellcheck": "false", "autocomplete": "off"},
    )
    constraint_message = TextLine(
        _l("What to say when an answer does not fit"), optional=True, max_length=QUESTION_LENGTH
    )

    @property
    def roles(self) -> list[Any]:
        """A field for each alternative: which role it stands for."""
        return [field for field in self if field.name.startswith(ROLE)]

    earlier: Sequence[str] = ()  # keys of the questions before this one

    def validate_help(self, field: Any) -> None:
        self._check_repeated(field)

    def _check_repeated(self, field: Any) -> None:
        """A text can repeat only what has been answered before it."""
        for key in piped(field.data or ""):
            if key not in self.earlier:
                late = _("The text repeats the answer to “%(key)s”, which comes later.", key=key)
                raise StopValidation(late)

    def validate_text(self, field: Any) -> None:
        """Only information may be long; a question's explanations stand in its help."""
        if self.kind.data != INFORMATION and len(field.data or "") > QUESTION_LENGTH:
            too_long = _("This is too long. Use at most %(max)d characters.", max=QUESTION_LENGTH)
            raise StopValidation(too_long)
        self._check_repeated(field)


def question_form(before: Data, earlier: Sequence[Question]) -> QuestionForm:
    """The form for a question that may ask about those that stand before it."""
    shown = question_fields(before, earlier) if before else _NEW
    form: QuestionForm = with_earlier(_with_roles(before), earlier)(data=shown)
    form.earlier = [one.key for one in earlier]
    offer_questions(form)
    return form


def _with_roles(before: Data) -> type[QuestionForm]:
    """The form with a field for the role of each alternative, where they tell one."""
    if not before.get("sets_respondent_role"):
        return QuestionForm
    special = _special(before["kind"], before.get("options", [])).values()
    offered = [("", _("No particular role")), *((r.value, text) for r, text in ROLE_LABELS.items())]
    fields = {
        ROLE + option["code"]: OneOfList(
            _("“%(answer)s” means", answer=option["text"].get("sv", "")), offered, optional=True
        )
        for option in before.get("options", [])
        if option not in special
    }
    return type("QuestionForm", (QuestionForm,), fields)


_NEW: Data = {"kind": "single", "offers_dont_know": True, "when": ALWAYS}


def question_fields(question: Data, earlier: Sequence[Question]) -> Data:
    """A question's JSON as the form shows it."""
    kind, text, options = question["kind"], question["text"], question.get("options", [])
    special = _special(kind, options)
    return {
        "kind": kind,
        "text": text.get("sv", ""),
        "help": question.get("help", {}).get("sv", ""),
        "options": texts_as_lines([o for o in options if o not in special.values()]),
        "other": _said(special.get("other")),
        "none": _said(special.get("none")),
        "offers_dont_know": "dont_know" in special,
        "offers_not_applicable": "not_applicable" in special,
        "shuffled": question.get("shuffled", False),
        "faces": question.get("faces", ""),
        "tells_role": question.get("sets_respondent_role", False),
        **{ROLE + one["code"]: one.get("respondent_role", "") for one in options},
        "rows": texts_as_lines(question.get("rows", [])),
        "required": question.get("required", False),
        "constraint": question.get("constraint", ""),
        "constraint_message": question.get("constraint_message", {}).get("sv", ""),
        "minimum": number_as_typed(question.get("minimum")),
        "maximum": number_as_typed(question.get("maximum")),
        "step": number_as_typed(question.get("step")),
        "max_length": number_as_typed(question.get("max_length")),
        **condition_fields(question.get("relevant", ""), earlier),
    }


def _said(option: Data | None) -> str:
    return str(option["text"].get("sv", "")) if option else ""


def _special(kind: str, options: Sequence[Data]) -> dict[str, Data]:
    """The alternatives that have a field of their own instead of a line."""
    tests: Mapping[str, Callable[[Data], Any]] = {
        "dont_know": lambda o: o.get("is_dont_know"),
        "not_applicable": lambda o: o.get("is_not_applicable"),
        "other": lambda o: o.get("has_text") and kind in FIELDS_OF_KINDS["other"],
        "none": lambda o: o.get("is_exclusive") and kind in FIELDS_OF_KINDS["none"],
    }
    found: dict[str, Data] = {}
    for option in options:
        name = next((name for name, test in tests.items() if test(option)), None)
        if name is not None:
            found.setdefault(name, option)
    return found


def question_from(form: QuestionForm, before: Data, content: Data) -> Data:
    """The question's JSON as it was typed; what the form does not show stays."""
    taken = taken_keys(content)
    kind = form.kind.data if form.kind.data in KINDS else "single"
    has_numbers, has_text = kind in NUMBERS, kind in TEXTS
    question = {
        **before,
        "key": before.get("key") or fresh_key(form.text.data or "", taken),
        "kind": kind,
        "text": _words(before.get("text"), sv=_one_line(form.text.data, kind)),
        "help": _words(before.get("help"), sv=form.help.data),
        "required": form.required.data and kind != INFORMATION,
        "relevant": form.condition,
        "constraint": form.constraint.data if kind in FIELDS_OF_KINDS["constraint"] else "",
        "constraint_message": _words(
            before.get("constraint_message"), sv=form.constraint_message.data
        ),
        "minimum": form.minimum.number if has_numbers else None,
        "maximum": form.maximum.number if has_numbers else None,
        "step": form.step.number if has_numbers else None,
        "max_length": _whole(form.max_length.number) if has_text else None,
        "shuffled": form.shuffled.data and kind in FIELDS_OF_KINDS["shuffled"],
        "sets_respondent_role": form.tells_role.data and kind in ONE_ANSWER_KINDS,
        "faces": form.faces.data if kind in FIELDS_OF_KINDS["faces"] else "",
        "options": _options_from(form, kind, before),
    }
    if kind not in ONE_ANSWER_KINDS:  # others cannot say who answers
        question["background"] = ""
    if kind == BATTERY:
        texts = lines_as_texts(form.rows.data or "")
        question["rows"] = matched_rows(texts, before.get("rows", []), taken)
    return question


def _one_line(text: str | None, kind: str) -> str:
    """A question is one line, however it was pasted; information may have several."""
    return (text or "").strip() if kind == INFORMATION else " ".join((text or "").split())


def _whole(number: float | None) -> int | None:
    return max(1, min(MOST_SIGNS, int(number))) if number is not None else None


def _options_from(form: QuestionForm, kind: str, before: Data) -> list[Data]:
    if not KINDS[kind].has_options:
        return []
    old = before.get("options", [])
    special = _special(kind, old)
    plain = [option for option in old if option not in special.values()]
    options = matched_options(lines_as_texts(form.options.data or ""), plain)
    for option in options:
        if ROLE + option["code"] in form:
            option["respondent_role"] = form[ROLE + option["code"]].data
    if kind == "yes_no" and not options:
        options = [dict(one) for one in YES_NO]
    wanted = {
        "other": (OTHER, form.other.data if kind in FIELDS_OF_KINDS["other"] else ""),
        "none": (NONE_OF_THESE, form.none.data if kind in FIELDS_OF_KINDS["none"] else ""),
        "not_applicable": (NOT_APPLICABLE, form.offers_not_applicable.data),
        "dont_know": (DONT_KNOW, form.offers_dont_know.data),
    }
    for name, (usual, typed) in wanted.items():
        if typed and (name in special or kind in CHOICES):
            option = said_anew(special.get(name), usual, typed, {o["code"] for o in options})
            rules_out = kind == "multiple" and name in {"not_applicable", "dont_know"}
            options.append({**option, "is_exclusive": True} if rules_out else option)
    return options


def _words(before: Any, **texts: str | None) -> dict[str, str]:
    kept = {code: text for code, text in dict(before or {}).items() if code not in texts}
    return {**kept, **{code: text for code, text in texts.items() if text}}
