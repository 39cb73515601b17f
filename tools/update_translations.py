"""Collect the code's strings into translations/messages.pot and bring the catalogues along.

New strings come in empty, removed ones leave; nothing is guessed ("fuzzy").
"""

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from check_translations import KEYWORDS, METHODS, OPTIONS, ROOT

WIDTH = 100
# Babel's rule for Arabic has its last two forms the other way round than our catalogue and CLDR:
# 11 to 99 have a form of their own, and so do 100, 101 and 102.
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 ? 4 : 5);"
}


def template() -> Catalog:
    """Every string of the code, without line numbers, so that diffs stay small."""
    catalog = Catalog(project="participation", charset="utf-8", fuzzy=False)
    for _name, _line, message, comments, context in extract_from_dir(
        ROOT / "participation", METHODS, OPTIONS, KEYWORDS
    ):
        catalog.add(message, None, auto_comments=comments, context=context)
    return catalog


def update() -> None:
    pot = template()
    folder = ROOT / "translations"
    with (folder / "messages.pot").open("wb") as target:
        write_po(target, pot, width=WIDTH, sort_output=True, no_location=True)
    for locale in ("sv", "ar"):
        path = folder / locale / "LC_MESSAGES" / "messages.po"
        with path.open("rb") as source:
            catalog = read_po(source, locale=locale)
        if locale in PLURALS:
            catalog.mime_headers = [("Plural-Forms", PLURALS[locale])]
        catalog.update(pot, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with path.open("wb") as target:
            write_po(target, catalog, width=WIDTH, sort_output=True, no_location=True)
    update_easy(pot)


def update_easy(pot: Catalog) -> None:
    """Easy Swedish holds only what is said otherwise; what the code no longer says leaves."""
    path = ROOT / "translations" / "sv_easy" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as source:
        catalog = read_po(source, locale="sv")
    for message in list(catalog):
        if message.id and pot.get(message.id, message.context) is None:
            catalog.delete(message.id, message.context)
    with path.open("wb") as target:
        write_po(target, catalog, width=WIDTH, sort_output=True, no_location=True)


if __name__ == "__main__":
    update()
