"""Licences by their short names; any other is called by its address."""

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
    "https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0",
    "https://creativecommons.org/licenses/by-sa/4.0/": "CC BY-SA 4.0",
}


def licence_name(address: str) -> str:
    """ "CC0 1.0", or the address itself."""
    return NAMES.get(address, address)
