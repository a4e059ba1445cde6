"""Sentences that stay English where they are kept, in the language of whoever reads them.

Formulas know no Django, and what was said at night is kept with its numbers: both speak English.
An app lists its sentences once, with places in braces, and knows them again when a page shows one.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import gettext

PLACE = re.compile(r"\\{(\w+)\\}")
TOO = ("form", "label", "visitors")  # places that hold another sentence of the list
ANY = (*TOO, "variant", "round", "said", "reason")  # places that may hold a semicolon
Places = tuple[tuple[str, str], ...]


class Retelling:
    """Called with a sentence, it gives it back translated; what it does not know stays as it is."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.plain = frozenset(sentences)
        # Those with the most words of their own first: a short one fits too much.
        in_order = sorted(self.plain, key=lambda one: -len(PLACE.sub("", re.escape(one))))
        self._patterns = [(_pattern(one), one) for one in in_order if "{" in one]
        self.recognised = lru_cache(maxsize=2048)(self._recognised)

    def __call__(self, text: str) -> str:
        sentence, places = self.recognised(str(text))
        if not places:
            return gettext(sentence) if sentence else text
        told = {name: self(value) if name in TOO else value for name, value in places}
        return gettext(sentence).format(**told)

    def _recognised(self, text: str) -> tuple[str, Places]:
        """The sentence without its values, and the values; an empty one for what is not known."""
        if text in self.plain:
            return text, ()
        for pattern, sentence in self._patterns:
            if found := pattern.fullmatch(text):
                return sentence, tuple(found.groupdict().items())
        return "", ()


def _pattern(sentence: str) -> re.Pattern[str]:
    def place(found: re.Match[str]) -> str:
        return f"(?P<{found[1]}>{'.+?' if found[1] in ANY else '[^;]+?'})"

    return re.compile(PLACE.sub(place, re.escape(sentence)))
