"""Words as people type them: without case and without accents, in any script."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a plain one and its accent.
PLAIN = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """“Żółć” becomes “zolc”, “ЁЖ” becomes “еж”; Korean falls apart into its letters.

    The database cannot do this for us: SQLite compares without case in ASCII only.
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(PLAIN)


def by_letters(text: str) -> tuple[str, str]:
    """A key to sort names by: “Łuna” and “Óptica” stand among their letters, not after Z.

    The database cannot be asked either: SQLite sorts by the bytes of a name.
    """
    return folded(text), text


@lru_cache(maxsize=16384)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", folded(text)))


def likeness(query: str, text: str) -> int | None:
    """How well a text answers what was typed, 0 the best; None when it does not.

    0 it begins so, 1 each word typed begins one of its words, 2 they only occur in it.
    """
    typed = _words(query)
    if not typed:
        return None
    if folded(text).startswith(folded(query.strip())):
        return 0
    if all(any(word.startswith(part) for word in _words(text)) for part in typed):
        return 1
    return 2 if all(part in folded(text) for part in typed) else None
