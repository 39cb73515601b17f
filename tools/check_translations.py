"""Translations as they must be: nothing stale, fuzzy or missing; placeholders agree.

Swedish is complete. Easy Swedish holds what is said otherwise to respondents who chose it. Arabic
is complete for what residents and respondents see: every page that does not stand in the staff
frame, and the code they meet.
"""

import re
import sys
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
METHODS = [("**.py", "python"), ("**/templates/**", "jinja2")]
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "to_translate": None,
}
OPTIONS = {"**/templates/**": {"extensions": "jinja2.ext.i18n", "encoding": "utf-8"}}
PLACEHOLDER = re.compile(r"%\((\w+)\)")
AS_NUMBER = re.compile(r"%\((\w+)\)d")  # fails for a value that code gives as text

# Templates that no resident meets although they extend no staff frame: parts, lists, staff mails.
STAFF_PARTS = (
    "templates/coding/",
    "templates/components/coding.html",
    "templates/council/parts.html",
    "templates/operations/",
    "templates/components/bench.html",
    "templates/components/editor.html",
    "templates/results/outlook.html",
    "templates/results/uncoded.html",
    "templates/results/before_publishing.html",
    "templates/commitments/",
    "templates/follow_up/group_answers",
    "templates/follow_up/my_group_answers.html",
    "templates/follow_up/carry_answer.html",
    "templates/mail/follow_up/put_before_group.txt",
    "templates/questionnaires/paper/people.html",
    "templates/questionnaires/manage/",
    "templates/audits/parts.html",
    "templates/activities/_evaluation.html",
    "templates/activities/_head.html",
    "templates/activities/_request_facts.html",
    "templates/organisations/_going.html",
    "templates/activities/_placeholders.html",
    "templates/activities/_preview.html",
    "templates/activities/attendance_list.html",
    "templates/activities/sheet.html",
    "templates/selection/_head.html",
    "templates/selection/parts.html",
    "templates/mail/organisations/dialogue.txt",
    "templates/mail/organisations/nomination_asked.txt",
    "templates/accounts/invitation",
    "templates/accounts/recovery_codes.html",
    "templates/accounts/demo_sign_ins.html",
    "templates/plans/plan_status.html",
    "templates/plans/draft_lines.html",
    "templates/pages/components.html",
    "templates/mail/commitment_reminder.txt",
    "templates/mail/sign_in_invitation.txt",
    "templates/mail/activities/request_",
    "templates/mail/audits/report.txt",
    "templates/mail/council/statement.txt",
    "templates/interest_bank/rooms/",
)
# Python whose words residents and respondents read.
RESIDENT_CODE = (
    "foundation/forms.py",
    "foundation/context.py",
    "interest_bank/forms",
    "council/forms/offers.py",
    "council/forms/own_seat.py",
    "assignments/forms/amounts.py",
    "assignments/forms/person.py",
    "assignments/views/agreement.py",
    "assignments/views/claim.py",
    "assignments/views/declaration.py",
    "assignments/views/files.py",
    "assignments/rules/money.py",
    "assignments/rules/rates.py",
    "assignments/rules/states.py",
    "assignments/providers/activities.py",
    "assignments/providers/own_data.py",
    "assignments/providers/trail.py",
    "disclosure/rules/breakdowns",
    "questionnaires/forms/answer",
    "questionnaires/rules/answers.py",
    "results/rules/findings.py",
    "results/rules/published_files.py",
    "results/rules/round_tables.py",
    "results/rules/silence.py",
    "results/rules/trends.py",
    "results/views/published_files.py",
    "questionnaires/views/answer",
    "organisations/forms/user_organisations.py",
    "organisations/rules",
    "organisations/views/public.py",
    "training/providers",
    "training/rules",
    "training/views/public.py",
    "follow_up/views/threads.py",
    "follow_up/rules/words.py",
    "indicators/queries/series.py",
    "indicators/rules/reading.py",
    "indicators/rules/words.py",
    "indicators/views/tables.py",
    "plans/rules/words.py",
)
# … except these, for coordinators alone.
STAFF_CODE = ("interest_bank/forms/coordinator.py", "interest_bank/forms/rooms/")
STAFF_FRAME = '{% extends "base_staff.html" %}'

Key = tuple[str, str]  # message, context


def extracted() -> dict[Key, set[str]]:
    """Every message in the code with the files it stands in."""
    found: dict[Key, set[str]] = {}
    for name, _line, message, _comments, context in extract_from_dir(
        ROOT / "participation", METHODS, OPTIONS, KEYWORDS
    ):
        singular = message[0] if isinstance(message, tuple) else message
        found.setdefault((singular, context or ""), set()).add(name)
    return found


def problems() -> list[str]:
    """What is wrong with the catalogues, one line each."""
    used = extracted()
    found = []
    for locale in ("sv", "ar"):
        path = ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po"
        with path.open("rb") as source:
            catalog = read_po(source, locale=locale)
        wanted = used if locale == "sv" else {k: v for k, v in used.items() if _is_resident(v)}
        found += [f"{locale}: {line}" for line in _catalogue_problems(catalog, used, wanted)]
    path = ROOT / "translations" / "sv_easy" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as source:
        catalog = read_po(source, locale="sv")
    found += [f"sv_easy: {line}" for line in _catalogue_problems(catalog, used, {})]
    return found + [f"two plurals of “{singular}”" for singular in _with_two_plurals()]


def _with_two_plurals() -> list[str]:
    """Singulars that stand in the code with different plurals: a catalogue holds only one, and
    `%(num)d` of a template is no number for code.
    """
    plurals: dict[str, set[str]] = {}
    for _name, _line, message, _comments, _context in extract_from_dir(
        ROOT / "participation", METHODS, OPTIONS, KEYWORDS
    ):
        if isinstance(message, tuple):
            plurals.setdefault(message[0], set()).add(message[1])
    return sorted(singular for singular, several in plurals.items() if len(several) > 1)


def _is_resident(files: set[str]) -> bool:
    return any(_meets_residents(name) for name in files)


@cache
def _meets_residents(name: str) -> bool:
    if any(part in name for part in RESIDENT_CODE):
        return not any(part in name for part in STAFF_CODE)
    if "templates/" not in name or any(part in name for part in STAFF_PARTS):
        return False
    return STAFF_FRAME not in (ROOT / "participation" / name).read_text(encoding="utf-8")


def _catalogue_problems(
    catalog: Catalog, used: dict[Key, set[str]], wanted: dict[Key, set[str]]
) -> list[str]:
    lines = []
    translated: set[Key] = set()
    for message in catalog:
        if not message.id:
            continue
        plural = isinstance(message.id, (tuple, list))
        key = (message.id[0] if plural else message.id, message.context or "")
        texts = list(message.string) if plural else [message.string]
        if key not in used:
            lines.append(f"stale: {key[0]!r}")
        if message.fuzzy:
            lines.append(f"fuzzy: {key[0]!r}")
        if all(texts):
            translated.add(key)
        expected = set(PLACEHOLDER.findall(" ".join(message.id) if plural else message.id))
        expected |= {"num"} if plural else set()
        numbers = set(AS_NUMBER.findall(" ".join(message.id) if plural else message.id))
        for text in filter(None, texts):
            surplus = set(PLACEHOLDER.findall(text)) - expected
            if surplus:
                lines.append(f"unknown placeholder {surplus} in {text!r}")
            if wrong := set(AS_NUMBER.findall(text)) - numbers:
                lines.append(f"{wrong} is no number in the source, but is in {text!r}")
    lines += [
        f"missing: {key[0]!r} ({', '.join(sorted(files))})"
        for key, files in sorted(wanted.items())
        if key not in translated
    ]
    return lines


if __name__ == "__main__":
    lines = problems()
    print("\n".join(lines[:200]))
    if lines:
        print(f"{len(lines)} problems in translations/", file=sys.stderr)
    sys.exit(bool(lines))
