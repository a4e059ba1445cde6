"""Sentences that stay English where they are kept, in the language of whoever reads them.

Formulas know no Django, and what was said at night is kept with its numbers: both speak English.
An app lists its sentences once, with places in braces, and knows them again when a page shows one.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language, gettext

from godview.periods import DAY
from godview.writing import DAY_OF_YEAR, writing

PLACE = re.compile(r"\\{(\w+)\\}")
TOO = ("form", "label", "visitors")  # places that hold another sentence of the list
ANY = (*TOO, "variant", "round", "said", "reason")  # places that may hold a semicolon
NUMBER = re.compile(r"([−-]?\d[\d,]*(?:\.\d+)?)(%?)")
DAYS = re.compile(r"\d{4}-\d\d-\d\d(?:\.\.\d{4}-\d\d-\d\d)?")
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
        is_source = get_language() in (None, settings.LANGUAGE_CODE)
        told = {name: value if is_source else self._told(name, value) for name, value in places}
        return gettext(sentence).format(**told)

    def _told(self, name: str, value: str) -> str:
        if name in TOO:
            return self(value)
        return value if name in ANY else _in_its_habits(value)

    def _recognised(self, text: str) -> tuple[str, Places]:
        """The sentence without its values, and the values; an empty one for what is not known."""
        if text in self.plain:
            return text, ()
        for pattern, sentence in self._patterns:
            if found := pattern.fullmatch(text):
                return sentence, tuple(found.groupdict().items())
        return "", ()


def _in_its_habits(value: str) -> str:
    """A number, a day or a period as English writes it, in the way of the language spoken now."""
    if found := NUMBER.fullmatch(value):
        digits, percent = found[1].replace(",", "").replace("−", "-"), found[2]
        text = writing().number(Decimal(digits))
        return writing().percent % text if percent else text
    if DAYS.fullmatch(value):
        start, _dots, end = value.partition("..")
        days = [date.fromisoformat(start), *([date.fromisoformat(end) - DAY] if end else [])]
        return " – ".join(writing().day(day, DAY_OF_YEAR) for day in days)
    return value


def _pattern(sentence: str) -> re.Pattern[str]:
    def place(found: re.Match[str]) -> str:
        return f"(?P<{found[1]}>{'.+?' if found[1] in ANY else '[^;]+?'})"

    return re.compile(PLACE.sub(place, re.escape(sentence)))
