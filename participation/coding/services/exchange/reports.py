"""A coded material to read on paper or screen: the same texts, rules and log as `take_out`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from participation.coding.models import Code, Excerpt, Material, MaterialText, Theme
from participation.coding.queries.memos import MemoLine, memos_of_material
from participation.coding.rules.exchange.report import Report, ReportCode, ReportPassage
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.permissions import Actor

Passages = Sequence[tuple[Excerpt, Code, Theme]]
Spot = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What may be said about texts and coders: each text's words by id, each coder's name."""

    about: Mapping[int, Sequence[str]]
    coders: Mapping[int, str]


def report_of(
    session: Session,
    actor: Actor,
    material: Material,
    *,
    texts: Sequence[MaterialText],
    found: Passages,
    told: Told,
    with_memos: bool,
) -> Report:
    """The codes of a material with their passages; a passage that several coded is there once.

    Memos on the material and its texts alone come along: one on a code belongs to the codebook,
    and may tell of texts in other materials that whoever reads the file may not read.
    """
    memos = _Memos(memos_of_material(session, actor, material) if with_memos else [])
    known = {text.id: text for text in texts}
    spots = _spots(found, told)
    codes = {code.id: (code, theme) for _excerpt, code, theme in found}
    return Report(
        title=_("%(material)s – coded passages", material=material.title),
        about=_about(material, texts),
        memos=memos.of(None, None),
        codes=[
            ReportCode(
                theme=theme.name,
                theme_memo=theme.memo,
                number=code.number,
                name=code.name,
                memo=code.memo,
                passages=[
                    _passage(known[spot[0]], spot, told, coders, memos.once(spot[0], code.id))
                    for spot, coders in spots[code.id].items()
                ],
            )
            for code, theme in sorted(codes.values(), key=_place)
        ],
    )


def _spots(found: Passages, told: Told) -> dict[int, dict[Spot, list[str]]]:
    """By code: where it stands (text, start, end) and who put it there, in order."""
    spots: dict[int, dict[Spot, list[str]]] = {}
    for excerpt, code, _theme in found:
        spot = excerpt.text_id, excerpt.start, excerpt.end
        who = spots.setdefault(code.id, {}).setdefault(spot, [])
        if (name := told.coders[excerpt.id]) not in who:
            who.append(name)
    return spots


def _passage(
    text: MaterialText, spot: Spot, told: Told, coders: Sequence[str], memos: Sequence[str]
) -> ReportPassage:
    _text_id, start, end = spot
    return ReportPassage(
        words=text.text[start:end],
        language=text.language,
        question=text.question,
        about=(*told.about[text.id], *sorted(coders, key=_coder)),
        memos=memos,
    )


def _coder(name: str) -> tuple[int, str]:
    """Coders are numbered: the second stands before the tenth."""
    return len(name), name


def _place(pair: tuple[Code, Theme]) -> tuple[int, int, int]:
    code, theme = pair
    return theme.position, theme.id, code.number


def _about(material: Material, texts: Sequence[MaterialText]) -> list[str]:
    voices = len({text.source_ref for text in texts})
    asked = " · ".join(part for part in (material.question, material.wave_label) if part)
    counted = _(
        "%(texts)s of %(voices)s.",
        texts=ngettext("%(num)s text", "%(num)s texts", len(texts)),
        voices=ngettext("%(num)s voice", "%(num)s voices", voices),
    )
    return [
        *([asked] if asked else []),
        counted,
        _(
            "Names and the like are hidden, but it is not anonymous. "
            "Delete the file when you have used it."
        ),
    ]


class _Memos:
    """Memos by what they are about. On a text and no code: with every code it carries."""

    def __init__(self, lines: Sequence[MemoLine]) -> None:
        self._lines = list(reversed(lines))  # oldest first
        self._told: set[tuple[int, int]] = set()

    def of(self, text_id: int | None, code_id: int | None) -> list[str]:
        return _words(
            line
            for line in self._lines
            if line.memo.text_id == text_id and line.memo.code_id in (None, code_id)
        )

    def once(self, text_id: int, code_id: int) -> list[str]:
        """Those on a text, beside its first passage with a code."""
        if (text_id, code_id) in self._told:
            return []
        self._told.add((text_id, code_id))
        return self.of(text_id, code_id)


def _words(lines: Iterable[MemoLine]) -> list[str]:
    return [line.memo.words for line in lines]
