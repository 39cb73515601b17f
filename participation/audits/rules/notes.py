"""The words of an interview, answer by answer, in pieces that coding takes whole. Pure."""

from collections.abc import Iterable, Mapping


def said_pieces(
    questions: Mapping[int, str], answers: Mapping[int, str], notes: str, longest: int
) -> list[tuple[str, str]]:
    """(question, words): what was said to each question, then what was noted beside.

    The question is a label of its own: it is asked of everybody, so nobody said it.

    >>> said_pieces({1: "Hur är det?"}, {1: "Bra.", 2: "Nej."}, "Trött.", 100)
    [('Hur är det?', 'Bra.'), ('', 'Nej.'), ('', 'Trött.')]
    """
    said = [(questions.get(number, ""), words) for number, words in sorted(answers.items())]
    return [
        (question, piece)
        for question, words in (*said, ("", notes))
        if words.strip()
        for piece in pieces(words, longest)
    ]


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
