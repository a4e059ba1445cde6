"""A language that nobody speaks: every letter of a marked text wears an accent, and it is longer.

What still stands on a page in plain letters was not marked for translation; what is cut off will
be cut off in Russian too. It is spoken in the place of Korean, because Korean writes its days and
its months without a Latin letter.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.utils.translation import override, trans_real

from godview.translating.finding import found

SPOKEN_AS = "ko"
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
DRESSED = "åƀçđéƒğĥîĵķļḿñøþɋřšţûṽŵẋýžÅƁÇĐÉƑĞĤÎĴĶĻḾÑØÞɊŘŠŢÛṼŴẊÝŽ"
DRESS = str.maketrans(LETTERS, DRESSED)
# Places for values, marks of HTML, entities, addresses and the words of computers stay.
KEPT = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]*>|&\w+;|\S+@\S+|https?:\S+|\w+_\w+|\.\w+")


def pseudo(text: str) -> str:
    """40% longer, as Russian may be, and in dress."""
    parts, last = [], 0
    for kept in KEPT.finditer(text):
        parts += [text[last : kept.start()].translate(DRESS), kept.group()]
        last = kept.end()
    parts.append(text[last:].translate(DRESS))
    return "".join(parts) + "·" * (len(text) * 2 // 5 if len(text) > 3 else 0)


@cache
def marked() -> frozenset[str]:
    """Only what the catalogues have can be translated."""
    ours = (message.id for message in found() if message.id)
    return frozenset(text for id in ours for text in ([id] if isinstance(id, str) else id))


class Pseudo(trans_real.DjangoTranslation):
    """What stands in for the catalogue of a language."""

    def __init__(self, spoken: trans_real.DjangoTranslation) -> None:
        self.__dict__.update(spoken.__dict__)
        self.of_libraries = spoken._catalog  # type: ignore[attr-defined]

    def gettext(self, message: str) -> str:
        text = message.rpartition("\x04")[2]
        known = text in marked() or message in self.of_libraries
        return pseudo(text) if known else text

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        known = msgid1 in marked() or (msgid1, 0) in self.of_libraries
        text = msgid1 if n == 1 else msgid2
        return pseudo(text) if known else text


@contextmanager
def pseudo_spoken() -> Iterator[None]:
    """Inside, whoever asks for Korean gets the pseudo-language."""
    known: dict[str, Any] = trans_real._translations  # type: ignore[attr-defined]
    spoken = trans_real.translation(SPOKEN_AS)
    known[SPOKEN_AS] = Pseudo(spoken)
    try:
        with override(SPOKEN_AS):
            yield
    finally:
        known[SPOKEN_AS] = spoken
