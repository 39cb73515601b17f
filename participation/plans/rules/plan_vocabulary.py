"""What Swedish plans call their parts. Words of documents, not of the screen: never translated."""

import re
import unicodedata
from enum import StrEnum

from participation.foundation.documents.text import one_line_ending


class LineKind(StrEnum):
    """What a line of a document is in a plan."""

    TITLE = "title"
    OVERALL_GOAL = "overall_goal"
    TARGET_GROUP = "target_group"
    PLAN_RESPONSIBLE = "plan_responsible"
    CARRIED_OUT = "carried_out"
    FOLLOWED_UP = "followed_up"
    IMPROVEMENT_AREA = "improvement_area"
    ONGOING_AREA = "ongoing_area"
    FOCUS_AREA = "focus_area"
    PURPOSE = "purpose"
    TIME_FRAME = "time_frame"
    GOAL = "goal"
    SUPPORTED_GOAL = "supported_goal"
    LONG_TERM_GOAL = "long_term_goal"
    SHORT_TERM_GOAL = "short_term_goal"
    INDICATOR = "indicator"
    PLAN_ACTION = "plan_action"
    RESPONSIBLE = "responsible"
    ACTION_RESPONSIBLE = "action_responsible"
    LEFT_OUT = "left_out"
    # Only while reading: what the platform keeps elsewhere.
    STATUS = "status"
    FINDING = "finding"
    ELSEWHERE = "elsewhere"
    OTHER = "other"


K = LineKind
AREAS = frozenset({K.IMPROVEMENT_AREA, K.ONGOING_AREA, K.FOCUS_AREA})
LISTS = frozenset(
    {
        K.GOAL,
        K.SUPPORTED_GOAL,
        K.LONG_TERM_GOAL,
        K.SHORT_TERM_GOAL,
        K.INDICATOR,
        K.PLAN_ACTION,
    }
)
OF_THE_PLAN = frozenset(
    {K.OVERALL_GOAL, K.TARGET_GROUP, K.PLAN_RESPONSIBLE, K.CARRIED_OUT, K.FOLLOWED_UP}
)
KEPT_ELSEWHERE = frozenset({K.STATUS, K.FINDING, K.ELSEWHERE, K.OTHER})

_WORDS: dict[LineKind, tuple[str, ...]] = {
    K.IMPROVEMENT_AREA: (
        "förbättringsområde",
        "förbättringsområden",
        "större förbättringsområden",
        "prioriterat förbättringsområde",
        "prioriterade förbättringsområden",
        "prioriterat område",
        "prioriterade områden",
        "utvecklingsområde",
        "utvecklingsområden",
    ),
    K.ONGOING_AREA: (
        "pågår över tid",
        "arbete som pågår över tid",
        "arbete över tid",
        "pågående arbete",
        "löpande arbete",
        "fortlöpande arbete",
        "arbete som fortsätter",
        "målområde",
        "målområden",
    ),
    K.FOCUS_AREA: ("fokusområde", "fokusområden", "område", "områden", "insatsområde"),
    K.PURPOSE: (
        "syfte",
        "bakgrund och syfte",
        "syfte och bakgrund",
        "bakgrund",
        "varför",
        "nuläge",
    ),
    K.TIME_FRAME: ("tidsram", "tidsramar", "tidplan", "tidsplan", "tid", "när", "klart", "datum"),
    K.GOAL: ("mål", "målsättning", "målsättningar", "effektmål", "önskat läge", "resultatmål"),
    K.SUPPORTED_GOAL: (
        "nationella mål",
        "nationella mål som det stödjer",
        "stödjer nationella mål",
        "mål som det stödjer",
        "stödjer",
    ),
    K.LONG_TERM_GOAL: ("långsiktigt mål", "långsiktiga mål", "långsiktig målsättning"),
    K.SHORT_TERM_GOAL: ("kortsiktigt mål", "kortsiktiga mål", "kortsiktig målsättning", "delmål"),
    K.INDICATOR: (
        "indikator",
        "indikatorer",
        "indikator/mått",
        "mått",
        "mätetal",
        "mäts genom",
        "uppföljningsmått",
    ),
    K.PLAN_ACTION: (
        "planaktivitet",
        "planaktiviteter",
        "aktivitet",
        "aktiviteter",
        "aktivitet i planen",
        "aktiviteter i planen",
        "insats",
        "insatser",
        "åtgärd",
        "åtgärder",
        "vad ska göras",
        "att göra",
    ),
    K.RESPONSIBLE: (
        "ansvar",
        "ansvarig",
        "ansvariga",
        "ansvarig/ansvariga",
        "ansvarig aktör",
        "ansvariga aktörer",
        "vem ansvarar",
        "vem",
    ),
    K.OVERALL_GOAL: ("övergripande mål", "vision", "målbild", "gemensam målbild"),
    K.TARGET_GROUP: ("målgrupp", "målgrupper", "för vem"),
    K.CARRIED_OUT: (
        "så genomförs den",
        "så genomförs planen",
        "genomförande",
        "arbetssätt",
        "så arbetar vi",
    ),
    K.FOLLOWED_UP: ("så följs den upp", "så följs planen upp", "uppföljning", "utvärdering"),
    K.STATUS: ("läge", "status", "hur går det", "vad har hänt", "lägesrapport"),
    K.FINDING: ("lärdom", "lärdomar", "det säger folk"),
    K.ELSEWHERE: (
        "grupp",
        "samordnande grupp",
        "period",
        "planperiod",
        "gäller",
        "beslutad",
        "beslutad av",
        "beslut",
        "fastställd",
        "fastställd av",
        "diarienummer",
        "version",
    ),
    K.OTHER: (
        "inledning",
        "innehåll",
        "innehållsförteckning",
        "sammanfattning",
        "om planen",
        "övrigt",
        "kommentar",
        "kommentarer",
        "bilagor",
        "referenser",
    ),
}
LABELS = {word: kind for kind, words in _WORDS.items() for word in words}

_LONGEST_LABEL = max(map(len, LABELS)) + 8
_NUMBER = r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?)"
_NUMBER_FIRST = re.compile(rf"^{_NUMBER}\s+")
# A label, perhaps with a number of its own, then a colon or a dash and what it is about.
_LED = re.compile(
    rf"^(?P<label>[^:–—\n]{{2,{_LONGEST_LABEL}}}?)\s*(?:\s{_NUMBER})?(?P<sign>\s*[:?]\s*|\s+[–—-]\s+)"
    r"(?P<rest>\S.*)$",
    re.DOTALL,
)
_LAST = re.compile(rf"\s*(?:\s{_NUMBER})?\s*[:?.]?\s*$")


def label_of(text: str) -> LineKind | None:
    """What a line announces that says nothing else.

    >>> label_of("3.1 Aktiviteter:"), label_of("Mål 2"), label_of("Aktiviteter i vår")
    (<LineKind.PLAN_ACTION: 'plan_action'>, <LineKind.GOAL: 'goal'>, None)
    """
    if len(text) > _LONGEST_LABEL + 12:
        return None
    return LABELS.get(_bare(_LAST.sub("", text)))


def led_by_label(text: str) -> tuple[LineKind, str, str] | None:
    """A line that says what it is and then the thing: kind, the label as it stood, the rest.

    >>> led_by_label("Syfte: Många börjar om.")
    (<LineKind.PURPOSE: 'purpose'>, 'Syfte:', 'Många börjar om.')
    """
    found = _LED.match(text)
    kind = LABELS.get(_bare(found["label"])) if found else None
    if found is None or kind is None:
        return None
    rest = found["rest"].strip()
    return kind, text[: len(text) - len(found["rest"])].strip(), rest


def _bare(label: str) -> str:
    return " ".join(_NUMBER_FIRST.sub("", label.strip()).split()).casefold()


_BREAKS = str.maketrans(dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n"))
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u2060\u2066-\u2069\u202a-\u202e"
    "\ufeff\ud800-\udfff\ufffe\uffff]"
)


def cleaned(text: str) -> str:
    """Text as it is typed: one kind of line end and space, nothing unseen, å as one letter.

    >>> cleaned("Ma\\u030al\\u00a0ett\\r\\nMa\\u030al")
    'Mål ett\\nMål'
    """
    plain = one_line_ending(text).translate(_BREAKS)
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _SPACES.sub(" ", plain)))
