"""A questionnaire with every kind of question, in Swedish, easy Swedish, English and Arabic.

For the tests of the answer pages: its rounds stand on a copy of the demo, one in each standing.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.permissions import SYSTEM
from participation.questionnaires.models import ResponseDraft, SurveyRound
from participation.questionnaires.queries import content_of_round, round_by_id, versions
from participation.questionnaires.rules.answers import checked_answers
from participation.questionnaires.rules.rounds import LinkKind, Mode
from participation.questionnaires.rules.sealing import Draft, draft_key, unseal
from participation.questionnaires.services import (
    NewRound,
    begin_draft,
    create_round,
    import_questionnaire,
    issue_links,
    save_draft,
)
from participation.questionnaires.services.links import make_open_links


def _words(sv: str, easy: str, en: str, ar: str) -> dict[str, str]:
    return {"sv": sv, "sv_easy": easy, "en": en, "ar": ar}


def _option(code: str, sv: str, easy: str, en: str, ar: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "text": _words(sv, easy, en, ar), **more}


DONT_KNOW = _option("dont_know", "Vet inte", "Vet inte", "Don't know", "لا أعرف", is_dont_know=True)
HOW_OFTEN = [
    _option("always", "Alltid", "Alltid", "Always", "دائمًا"),
    _option("often", "Ofta", "Ofta", "Often", "غالبًا"),
    _option("seldom", "Sällan", "Inte ofta", "Seldom", "نادرًا"),
    _option("never", "Aldrig", "Aldrig", "Never", "أبدًا"),
    DONT_KNOW,
]

QUESTIONS: list[dict[str, Any]] = [
    {
        "key": "role",
        "kind": "single",
        "required": True,
        "sets_respondent_role": True,
        "text": _words("Vem är du?", "Vem är du?", "Who are you?", "من أنت؟"),
        "options": [
            _option(
                "patient",
                "Patient eller brukare",
                "Jag får vård",
                "Patient or service user",
                "مريض أو متلقي خدمة",
                respondent_role="patient",
            ),
            _option(
                "kin",
                "Närstående",
                "Jag är närstående",
                "Next of kin",
                "قريب",
                respondent_role="next_of_kin",
            ),
        ],
    },
    {
        "key": "from_whom",
        "kind": "multiple",
        "text": _words(
            "Varifrån kommer stödet?",
            "Vem hjälper dig?",
            "Where does the support come from?",
            "من أين يأتي الدعم؟",
        ),
        "help": _words(
            "Du kan välja flera.",
            "Du kan välja flera.",
            "You can choose several.",
            "يمكنك اختيار أكثر من إجابة.",
        ),
        "options": [
            _option("care", "Vårdcentralen", "Vårdcentralen", "Primary care", "المركز الصحي"),
            _option("town", "Kommunen", "Kommunen", "The municipality", "البلدية"),
            _option(
                "other", "Någon annan", "Någon annan", "Somebody else", "شخص آخر", has_text=True
            ),
            _option(
                "none",
                "Jag får inget stöd",
                "Ingen hjälper mig",
                "I get no support",
                "لا أحصل على دعم",
                is_exclusive=True,
            ),
        ],
    },
    {
        "key": "told_again",
        "kind": "scale",
        "text": _words(
            "Hur ofta har du behövt berätta samma sak igen?",
            "Hur ofta har du sagt samma sak igen?",
            "How often have you had to tell the same thing again?",
            "كم مرة اضطررت إلى تكرار الأمر نفسه؟",
        ),
        "help": _words(
            "Tänk på de senaste tolv månaderna.",
            "Tänk på det senaste året.",
            "Think of the last twelve months.",
            "فكّر في الاثني عشر شهرًا الماضية.",
        ),
        "faces": "glad_last",
        "options": HOW_OFTEN,
    },
    {
        "key": "let_in",
        "kind": "yes_no",
        "text": _words(
            "Får du vara med när ni planerar?",
            "Får du vara med och planera?",
            "Are you let in when plans are made?",
            "هل تشارك عند وضع الخطط؟",
        ),
        "options": [
            _option("yes", "Ja", "Ja", "Yes", "نعم"),
            _option("no", "Nej", "Nej", "No", "لا"),
            DONT_KNOW,
        ],
    },
    {
        "key": "meeting",
        "kind": "battery",
        "text": _words(
            "Hur ofta stämmer det här för dig?",
            "Hur ofta är det så för dig?",
            "How often is this true for you?",
            "كم مرة ينطبق هذا عليك؟",
        ),
        "help": _words("Tre påståenden.", "Tre meningar.", "Three statements.", "ثلاث عبارات."),
        "options": HOW_OFTEN,
        "rows": [
            {
                "key": "respect",
                "text": _words(
                    "Jag möts med respekt",
                    "De är snälla mot mig",
                    "I am met with respect",
                    "أُعامَل باحترام",
                ),
            },
            {
                "key": "reach",
                "text": _words(
                    "Jag når någon när jag behöver",
                    "Någon svarar när jag ringer",
                    "I reach somebody when I need to",
                    "أصل إلى شخص ما عند الحاجة",
                ),
            },
            {
                "key": "understand",
                "text": _words(
                    "Jag förstår det som sägs",
                    "Jag förstår vad de säger",
                    "I understand what is said",
                    "أفهم ما يُقال",
                ),
            },
        ],
    },
    {
        "key": "first_things",
        "kind": "ranking",
        "text": _words(
            "Vad är viktigast för dig?",
            "Vad är viktigast för dig?",
            "What matters most to you?",
            "ما الأهم بالنسبة إليك؟",
        ),
        "options": [
            _option("time", "Att få tid", "Att få tid", "To get time", "الحصول على وقت"),
            _option(
                "same",
                "Att möta samma person",
                "Samma person",
                "The same person",
                "مقابلة الشخص نفسه",
            ),
            _option("plan", "Att ha en plan", "En plan", "To have a plan", "وجود خطة"),
        ],
    },
    {
        "key": "visits",
        "kind": "number",
        "minimum": 0,
        "maximum": 50,
        "text": _words(
            "Hur många besök har du haft?",
            "Hur många besök?",
            "How many visits have you had?",
            "كم زيارة أجريت؟",
        ),
    },
    {
        "key": "trust",
        "kind": "range",
        "minimum": 0,
        "maximum": 10,
        "text": _words(
            "Hur stort är ditt förtroende, från 0 till 10?",
            "Hur mycket litar du på dem?",
            "How much do you trust them, from 0 to 10?",
            "ما مدى ثقتك من 0 إلى 10؟",
        ),
        "help": _words(
            "0 är inget alls, 10 är helt och hållet.",
            "0 är inget, 10 är mycket.",
            "0 is not at all, 10 is completely.",
            "0 تعني لا ثقة، و10 تعني ثقة تامة.",
        ),
    },
    {
        "key": "last_visit",
        "kind": "date",
        "text": _words(
            "När var du där senast?",
            "När var du där?",
            "When were you last there?",
            "متى كنت هناك آخر مرة؟",
        ),
    },
    {
        "key": "before_words",
        "kind": "information",
        "text": _words(
            "Nu kommer två frågor där du skriver själv.",
            "Nu får du skriva själv.",
            "Now two questions in your own words.",
            "الآن سؤالان تكتب فيهما بكلماتك.",
        ),
    },
    {
        "key": "one_word",
        "kind": "short_text",
        "text": _words(
            "Vilket ord beskriver stödet?",
            "Hur är hjälpen? Skriv ett ord.",
            "Which word describes the support?",
            "ما الكلمة التي تصف الدعم؟",
        ),
    },
    {
        "key": "difference",
        "kind": "long_text",
        "max_length": 1_000,
        "text": _words(
            "Vad hade gjort störst skillnad?",
            "Vad kan bli bättre?",
            "What would have made the biggest difference?",
            "ما الذي كان سيحدث أكبر فرق؟",
        ),
        "help": _words("Skriv inga namn.", "Skriv inga namn.", "Write no names.", "لا تكتب أسماء."),
    },
    {
        "key": "may_quote",
        "kind": "consent",
        "text": _words(
            "Får vi visa dina ord för andra?",
            "Får andra läsa vad du har skrivit?",
            "May we show your words to others?",
            "هل يمكننا عرض كلماتك للآخرين؟",
        ),
        "help": _words(
            "Utan namn, och bara om du vill.",
            "Vi skriver inte ditt namn.",
            "Without a name, and only if you like.",
            "دون اسم، وإذا رغبت فقط.",
        ),
    },
]

CONTENT: dict[str, Any] = {
    "key": "every_kind",
    "is_fictional": True,
    "title": _words(
        "Stöd i vardagen",
        "Din hjälp i vardagen",
        "Support in everyday life",
        "الدعم في الحياة اليومية",
    ),
    "intro": _words(
        "Vi vill veta hur stödet fungerar för dig.\n\nSvaren används när vi planerar nästa år.",
        "Vi vill veta hur du har det.",
        "We want to know how the support works for you.",
        "نريد أن نعرف كيف يعمل الدعم بالنسبة إليك.",
    ),
    "closing": _words(
        "Tack för att du berättar. Vi läser alla svar.",
        "Tack för dina svar.",
        "Thank you for telling us. We read all answers.",
        "شكرًا لأنك أخبرتنا. نقرأ جميع الإجابات.",
    ),
    "audience": ["patient", "next_of_kin"],
    "minutes": 6,
    "questions": QUESTIONS,
}

ANSWERS: dict[str, Any] = {
    "role": "patient",
    "from_whom": ["care", "other"],
    "told_again": "often",
    "let_in": "dont_know",
    "respect": "always",
    "reach": "seldom",
    "first_things": ["plan", "time"],
    "visits": "4",
    "trust": "7",
    "last_visit": "2026-11-02",
    "may_quote": "yes",
}
TEXTS = {
    "from_whom.other": "Grannen mitt emot",
    "one_word": "Ojämnt",
    "difference": "Att någon ringde upp.\nOch att jag slapp berätta allt en gång till.",
}

FAR = 4_000_000_000  # a second when no tablet waits any longer


@dataclass(frozen=True)
class EveryKind:
    """The rounds with every kind, and codes that open them."""

    open_slug: str
    anonymous_slug: str
    planned_slug: str
    closed_slug: str
    link: str  # a personal link nobody has used
    begun: str  # a draft without answers
    filled: str  # a draft with all answers
    paused: str  # a typed code
    tablet: str
    on_tablet: str  # a draft that was begun on the tablet


def lay_out_every_kind(session: Session) -> EveryKind:
    """Rounds in each standing, links and drafts; flushed, not committed."""
    questionnaire = import_questionnaire(session, CONTENT)
    version = versions(session, questionnaire.id)[0]

    def a_round(slug: str, opens: int, closes: int, mode: Mode = Mode.CONFIDENTIAL) -> SurveyRound:
        made = create_round(
            session,
            SYSTEM,
            version,
            NewRound(
                wave_label=slug,
                opens_at=now() + timedelta(days=opens),
                closes_at=now() + timedelta(days=closes),
                mode=mode,
                slug=slug,
                results_on="i mars 2027",
                results_on_twins={"sv_easy": "i mars 2027", "ar": "في مارس 2027"},
                is_fictional=True,
            ),
        )
        return round_by_id(session, made.id)

    open_round = a_round("alla-slag", -1, 14)
    a_round("alla-slag-anonym", -1, 14, Mode.ANONYMOUS)
    a_round("alla-slag-snart", 3, 14)
    a_round("alla-slag-forr", -20, -2)
    link, personal, _unused = issue_links(session, open_round, 3)
    tablet = make_open_links(session, SYSTEM, open_round, [None], LinkKind.KIOSK)[0].code
    return EveryKind(
        open_slug="alla-slag",
        anonymous_slug="alla-slag-anonym",
        planned_slug="alla-slag-snart",
        closed_slug="alla-slag-forr",
        link=link,
        begun=begin_draft(session, open_round, code=personal),
        filled=filled_draft(session, open_round),
        paused=filled_draft(session, open_round),
        tablet=tablet,
        on_tablet=begin_draft(session, open_round, until=FAR),
    )


def filled_draft(session: Session, survey_round: SurveyRound) -> str:
    code = begin_draft(session, survey_round, answers_for="self")
    key = draft_key(code)
    row = session.get_one(ResponseDraft, key.row_id)
    draft: Draft = unseal(row.sealed, key)
    draft.answers = checked_answers(content_of_round(session, survey_round), ANSWERS, TEXTS)
    save_draft(session, code, draft)
    return code
