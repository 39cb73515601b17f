"""The words of an interview as one text, in pieces that coding takes whole. Pure."""

from collections.abc import Iterable, Mapping


def whole_text(questions: Mapping[int, str], answers: Mapping[int, str], notes: str) -> str:
    """What was said, question by question, and what was noted beside.

    >>> whole_text({1: "Hur är det?"}, {1: "Bra."}, "Trött.")
    'Hur är det?\\nBra.\\n\\nTrött.'
    """
    parts = [
        f"{questions[number]}\n{said}" if number in questions else said
        for number, said in sorted(answers.items())
    ]
    return "\n\n".join(part for part in (*parts, notes) if part.strip())


def pieces(text: str, longest: int) -> Iterable[str]:
    """The text cut between paragraphs, else between words, so that no piece is too long.

    >>> list(pieces("ett två tre", 8))
    ['ett två', 'tre']
    """
    while len(text) > longest:
        cut = max(text.rfind("\n\n", 0, longest), 0) or text.rfind(" ", 0, longest)
        cut = cut if cut > 0 else longest
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    yield text
