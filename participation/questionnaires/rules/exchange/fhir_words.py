"""Names and addresses of FHIR R4 that questionnaires use. Source: hl7.org/fhir/R4. Pure."""

from collections.abc import Mapping
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

HL7 = "http://hl7.org/fhir/StructureDefinition/"
TRANSLATION = HL7 + "translation"
ORDINAL = HL7 + "ordinalValue"
LOWEST, HIGHEST = HL7 + "minValue", HL7 + "maxValue"
ITEM_CONTROL = HL7 + "questionnaire-itemControl"
CATEGORY = HL7 + "questionnaire-displayCategory"
HIDDEN = HL7 + "questionnaire-hidden"
UNIT, UNIT_OPTION = HL7 + "questionnaire-unit", HL7 + "questionnaire-unitOption"
OPEN_LABEL = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-openLabel"
SLIDER_STEP = HL7 + "questionnaire-sliderStepValue"
OWN = "urn:medskapa:questionnaire:"  # what FHIR has no word for; others pass over it

CHOICES = frozenset({"choice", "open-choice"})
KINDS = {
    "choice": "single",
    "open-choice": "single",
    "boolean": "yes_no",
    "decimal": "number",
    "quantity": "number",
    "integer": "number",
    "date": "date",
    "string": "short_text",
    "text": "long_text",
    "url": "short_text",
}
# Our kinds that may stand behind a type of FHIR's.
FINER: Mapping[str, frozenset[str]] = {
    "choice": frozenset({"single", "scale", "yes_no", "multiple", "ranking"}),
    "open-choice": frozenset({"single", "scale", "multiple", "ranking"}),
    "boolean": frozenset({"consent"}),
    "decimal": frozenset({"range"}),
    "integer": frozenset({"range"}),
}
REFUSED: Mapping[str, Any] = {
    "dateTime": _l("Date with time is not supported. Ask for the date."),
    "time": _l("Times of day are not supported. Ask with a text."),
    "attachment": _l("Pictures, sound, video and files are not taken in."),
    "reference": _l("References to other records are not supported."),
}
# How extensions' addresses end, by what becomes of them.
CALCULATED = "calculatedExpression"
FILLED_IN = "initialExpression"
SHOWN_BY_FORMULA = "enableWhenExpression"
LIMITS = frozenset(
    {
        *("questionnaire-constraint", "targetConstraint", "regex", "minLength", "maxDecimalPlaces"),
        *("questionnaire-minOccurs", "questionnaire-maxOccurs"),
        *("sdc-questionnaire-minQuantity", "sdc-questionnaire-maxQuantity"),
    }
)
READ_EXTENSIONS = frozenset(
    {
        *LIMITS,
        *("minValue", "maxValue", "questionnaire-itemControl", "questionnaire-displayCategory"),
        *("questionnaire-hidden", "questionnaire-unit", "questionnaire-unitOption"),
        *("questionnaire-sliderStepValue", "sdc-questionnaire-openLabel"),
        *("questionnaire-choiceOrientation", "sdc-questionnaire-preferredTerminologyServer"),
    }
)
WHOLE, BROKEN = "integer", "decimal"
SIMPLE = frozenset({"string", "text", WHOLE, BROKEN, "date", "boolean"})
GRIDS = frozenset({"table", "gtable", "grid", "htable"})
STATUSES = frozenset({"draft", "active", "retired", "unknown"})
OPERATORS = frozenset({"exists", "=", "!=", ">", "<", ">=", "<="})
TEXT_FIELDS = ("background", "faces", "free_text_question", "option_set", "provenance")


def extension(node: Mapping[str, Any], url: str) -> Any:
    """The value of the first extension with that address, whatever its type; None without."""
    for one in as_list(node.get("extension")):
        if isinstance(one, Mapping) and one.get("url") == url:
            return next((v for name, v in one.items() if str(name).startswith("value")), None)
    return None


def control_codes(node: Mapping[str, Any], url: str) -> frozenset[str]:
    """Codes of a concept extension, such as the item control."""
    value = extension(node, url)
    codings = as_list(value.get("coding")) if isinstance(value, Mapping) else []
    return frozenset(str(one.get("code")) for one in codings if isinstance(one, Mapping))


def as_list(value: Any) -> list[Any]:
    """A list as it is; anything else is none."""
    return value if isinstance(value, list) else []
