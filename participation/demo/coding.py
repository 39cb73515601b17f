"""Coding: the codebook, and the texts as the coordinators read, masked and coded them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, or_, select

from participation.coding.models import (
    Code,
    Codebook,
    CodingAssignment,
    CodingRound,
    Excerpt,
    Material,
    MaterialText,
)
from participation.coding.rules.drafts import CodebookDraft, CodeDraft, SourceKind, ThemeDraft
from participation.coding.rules.passages import Mask, masks_from_json, moved
from participation.coding.rules.urgent import Outcome
from participation.coding.services import apply_code, load_codebook, review_text, set_aside
from participation.coding.services.double import compare, differing, draw_sample, settle
from participation.coding.services.memos import write_memo
from participation.coding.services.urgent import (
    finish_urgent,
    flag_text,
    name_urgent_contacts,
    take_urgent,
)
from participation.demo.cast import COORDINATOR, SECOND_COORDINATOR
from participation.demo.year import Year
from participation.foundation.html import plain
from participation.foundation.permissions import Actor

MASK_KINDS = {"name": "name", "phone": "phone", "email": "email", "unit": "care_unit"}
READ_AFTER = timedelta(days=6)
# What the visitor may do themselves: read some texts for the first time, code some that are read.
WORRYING = ("sämre går jag inte ut", "orkar inte öppna sig")  # what made a reader stop
NOTE = "Läste texten en gång till med en kollega: trötthet, men ingen fara."
DOUBLE = ("yearly_support_2025", "difference")  # coded by both coordinators
DOUBLE_AFTER = timedelta(days=8)
NOTES = (
    "Många skriver om övergången från ungdom till vuxen. Läs dem tillsammans en gång till.",
    "Är det att börja om, eller att ingen läser journalen? Jag är osäker.",
    "Används när någon får berätta samma sak igen. Inte när man byter kontakt utan att berätta.",
)
SAMPLE, UNLIKE = 30, 5
LEFT_UNREAD = ("yearly_support_2026", "worked_well", 14)
LEFT_UNCODED = {
    ("short_next_of_kin_2026", "difference"): 4,
    ("yearly_support_2026", "difference"): 9,
}


def lay_in_codebook(year: Year) -> None:
    """Before the first round closes: material takes the oldest codebook."""
    written = year.texts.codebook
    draft = CodebookDraft(
        key=written["key"],
        title=written["title"]["sv"],
        memo=written["memo"].strip(),
        themes=tuple(
            ThemeDraft(
                key=theme["key"],
                name=theme["name"]["sv"],
                memo=theme["memo"].strip(),
                codes=tuple(
                    CodeDraft(
                        key=code["key"],
                        number=code["number"],
                        name=code["name"]["sv"],
                        memo=code["memo"].strip(),
                        example=code["example"],
                    )
                    for code in theme["codes"]
                ),
            )
            for theme in written["themes"]
        ),
    )
    first = min(entry["opens_on"] for entry in year.texts.answer_patterns["rounds"])
    with year.calendar.stand_at(first):
        book = load_codebook(year.session, draft)
    year.coded.codes = _codes_of(year, book)


def code_year(year: Year) -> None:
    """Every material of every round."""
    written = _written_by_place(year)
    closes_on = {e["key"]: e["closes_on"] for e in year.texts.answer_patterns["rounds"]}
    for number, (key, survey_round) in enumerate(year.rounds.items()):
        actor = year.actor((COORDINATOR, SECOND_COORDINATOR)[number % 2])
        with year.calendar.stand_at(closes_on[key] + READ_AFTER, 10):
            for material in _materials(year, SourceKind.ROUND, survey_round.public_id):
                year.coded.materials[key, material.question_key] = material
                _code(year, actor, material, written[key, material.question_key])
        with year.calendar.stand_at(closes_on[key] + DOUBLE_AFTER, 10):
            if key == DOUBLE[0]:
                _code_double(year, actor, year.coded.materials[DOUBLE])


def note_texts(year: Year) -> None:
    """What the coders noted: on the whole, on one answer, on a code."""
    material = year.coded.materials[DOUBLE]
    text = _texts(year, material)[0]
    code = min(year.coded.codes.values(), key=lambda one: one.number)
    first, second = year.actor(COORDINATOR), year.actor(SECOND_COORDINATOR)
    with year.calendar.stand_at(year.calendar.today - timedelta(days=40), 11):
        write_memo(year.session, first, NOTES[0], material=material)
        write_memo(year.session, second, NOTES[1], text=text, code=code)
        write_memo(year.session, first, NOTES[2], code=code)


def _code_double(year: Year, first: Actor, material: Material) -> None:
    """The other coordinator codes a sample too; they settle on what the first one put."""
    pair = [year.actor(COORDINATOR), year.actor(SECOND_COORDINATOR)]
    second = next(coder for coder in pair if coder.account_id != first.account_id)
    drawn = draw_sample(
        year.session, first, material, second_account_id=second.account_id or 0, size=SAMPLE, seed=7
    )
    codes = sorted(year.coded.codes.values(), key=lambda code: code.number)
    for number, text in enumerate(_same_in_every_demo(year, drawn, material)):
        own = [(one, year.session.get_one(Code, one.code_id)) for one in _own(year, first, text)]
        put = [(one, code) for one, code in own if (number + code.number) % UNLIKE]
        for one, code in put:
            apply_code(year.session, second, text, code, start=one.start, end=one.end)
        if number % UNLIKE == 3:
            extra = codes[number % len(codes)]
            apply_code(year.session, second, text, extra, start=0, end=len(text.text))
        elif not put:
            set_aside(year.session, second, text)
    compare(year.session, first, drawn)
    places = differing(year.session, drawn)
    kept = [
        place
        for place, put in places.items()
        if any(one.excerpt.coder_account_id == first.account_id for one in put)
    ]
    settle(year.session, first, drawn, kept)


def _same_in_every_demo(
    year: Year, drawn: CodingRound, material: Material
) -> Sequence[MaterialText]:
    """The sample chosen by its words: a draw goes by ids, which are new in every demo."""
    read = [text for text in _texts(year, material) if text.reviewed_at is not None]
    chosen = sorted(read, key=lambda text: text.text)[:SAMPLE]
    year.session.execute(delete(CodingAssignment).where(CodingAssignment.round_id == drawn.id))
    year.session.add_all(CodingAssignment(round_id=drawn.id, text_id=text.id) for text in chosen)
    year.session.flush()
    return chosen


def _own(year: Year, coder: Actor, text: MaterialText) -> Sequence[Excerpt]:
    return year.session.scalars(
        select(Excerpt)
        .where(Excerpt.text_id == text.id, Excerpt.coder_account_id == coder.account_id)
        .order_by(Excerpt.start, Excerpt.id)
    ).all()


def code_interviews(year: Year, audit_public_id: str, written: Sequence[dict[str, Any]]) -> None:
    """An audit's interviews, read and coded by the second coordinator."""
    actor = year.actor(SECOND_COORDINATOR)
    entries = {plain(piece["text"]).strip(): piece for piece in _pieces_of(written)}
    (material,) = _materials(year, SourceKind.AUDIT, audit_public_id)
    for text in _texts(year, material):
        entry = entries[text.text]
        hidden = _review(year, actor, text, entry)
        year.session.add_all(_excerpts(year, actor, text, entry, hidden))
    year.session.flush()


def _pieces_of(written: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each answer of each interview, and what was noted beside, with the spans that stand in it."""
    for entry in written:
        for words in (*entry.get("answers", {}).values(), entry.get("text", "")):
            spans = [span for span in entry["spans"] if span["text"] in words]
            yield {**entry, "text": words, "spans": spans}


def _codes_of(year: Year, book: Codebook) -> dict[str, Code]:
    found = year.session.scalars(select(Code).where(Code.codebook_id == book.id))
    return {code.key: code for code in found}


def _materials(year: Year, kind: SourceKind, source_public_id: str) -> Sequence[Material]:
    return year.session.scalars(
        select(Material)
        .where(
            Material.source_kind == kind.value,
            Material.source_public_id == source_public_id,
        )
        .order_by(Material.id)
    ).all()


def _texts(year: Year, material: Material) -> Sequence[MaterialText]:
    return year.session.scalars(
        select(MaterialText)
        .where(MaterialText.material_id == material.id)
        .order_by(MaterialText.number)
    ).all()


def _written_by_place(year: Year) -> dict[tuple[str, str], dict[str, dict[str, Any]]]:
    """(round, question) → text as stored → its entry."""
    found: dict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    for entry in year.texts.free_texts:
        found[entry["round"], entry["question"]][plain(entry["text"]).strip()] = entry
    return found


def _code(year: Year, actor: Actor, material: Material, written: dict[str, dict[str, Any]]) -> None:
    texts = _texts(year, material)
    entries = {text.id: written[text.text] for text in texts}
    place = next(iter(entries.values()))["round"], material.question_key
    unread = _unread(year, place, list(entries.values()))
    uncoded = _uncoded(year, place, list(entries.values()))
    for text in texts:
        entry = entries[text.id]
        year.coded.texts[entry["key"]] = text
        if entry["key"] in unread:
            continue
        hidden = _review(year, actor, text, entry)
        if not entry["spans"]:
            set_aside(year.session, actor, text)
        elif entry["key"] not in uncoded:
            year.session.add_all(_excerpts(year, actor, text, entry, hidden))
    year.session.flush()


def _review(year: Year, actor: Actor, text: MaterialText, entry: dict[str, Any]) -> list[Mask]:
    """Hide what the texts call identifying; where it stood before."""
    hidden = [_mask(text.text, identifier) for identifier in entry.get("identifiers", ())]
    hidden.sort(key=lambda mask: mask.start)
    review_text(year.session, actor, text, hidden)
    return hidden


def _unread(year: Year, place: tuple[str, str], entries: list[dict[str, Any]]) -> set[str]:
    """Those that no finding quotes, identifying ones first: they show what the gate is for."""
    round_key, question, count = LEFT_UNREAD
    if place != (round_key, question):
        return set()
    free = [entry for entry in entries if entry["key"] not in quoted_texts(year)]
    free.sort(key=lambda entry: (not entry["identifying"], entry["key"]))
    return {entry["key"] for entry in free[:count]}


def _uncoded(year: Year, place: tuple[str, str], entries: list[dict[str, Any]]) -> set[str]:
    free = sorted(e["key"] for e in entries if e["spans"] and e["key"] not in quoted_texts(year))
    return set(free[-LEFT_UNCODED[place] :]) if place in LEFT_UNCODED else set()


def quoted_texts(year: Year) -> set[str]:
    """The keys of the texts that findings quote."""
    return {quote["free_text"] for finding in year.texts.findings for quote in finding["quotes"]}


def _mask(text: str, identifier: dict[str, str]) -> Mask:
    start = text.index(identifier["text"])
    return Mask(
        start=start, end=start + len(identifier["text"]), kind=MASK_KINDS[identifier["kind"]]
    )


def _excerpts(
    year: Year, actor: Actor, text: MaterialText, entry: dict[str, Any], hidden: Sequence[Mask]
) -> Iterator[Excerpt]:
    """Each span's code on where its words stand after the masks."""
    original = plain(entry["text"]).strip()
    placed = masks_from_json(text.masks)
    for span in entry["spans"]:
        start = original.index(span["text"])
        yield Excerpt(
            text_id=text.id,
            code_id=year.coded.codes[span["code"]].id,
            start=moved(start, hidden, placed),
            end=moved(start + len(span["text"]), hidden, placed),
            coder_account_id=actor.account_id,
        )


def flag_texts(year: Year) -> None:
    """Two texts worried the reader: one is seen to, one waits for somebody to take it."""
    worrying = year.session.scalars(
        select(MaterialText)
        .join(Material, Material.id == MaterialText.material_id)
        .where(
            Material.source_kind == SourceKind.ROUND,
            or_(*(MaterialText.text.contains(words) for words in WORRYING)),
        )
        .order_by(MaterialText.id)
        .limit(2)
    ).all()
    reader, coordinator = year.actor(SECOND_COORDINATOR), year.actor(COORDINATOR)
    name_urgent_contacts(
        year.session,
        coordinator,
        [year.accounts[name].id for name in (COORDINATOR, SECOND_COORDINATOR)],
    )
    for text, days_ago in zip(worrying, (9, 1), strict=True):
        with year.calendar.stand_at(year.calendar.today - timedelta(days=days_ago), 14):
            flag_text(year.session, reader, text)
    seen_to = flag_text(year.session, reader, worrying[0])
    with year.calendar.stand_at(year.calendar.today - timedelta(days=9), 15):
        take_urgent(year.session, coordinator, seen_to)
        finish_urgent(year.session, coordinator, seen_to, Outcome.NO_DANGER, NOTE)
