"""Text on paper in any of our scripts: Golos for Latin and Cyrillic, a Korean font for the rest."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.contrib.staticfiles.finders import find

FONTS = {
    "Golos": "fonts/pdf/golos-text-regular.ttf",
    "Golos-Semibold": "fonts/pdf/golos-text-semibold.ttf",
}
KOREAN = "HYGothic-Medium"  # every reader of PDF brings its own glyphs for it
NOT_DRAWN = {"→": "–", "\n": " ", "\t": " "}


def register_fonts() -> None:
    """Once in a process: the library keeps them."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    known = set(pdfmetrics.getRegisteredFontNames())
    for name, path in FONTS.items():
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, find(path)))
    if KOREAN not in known:
        pdfmetrics.registerFont(UnicodeCIDFont(KOREAN))


class Pen:
    """Writes on a canvas, and knows how wide a text is."""

    def __init__(self, canvas: Any) -> None:
        from reportlab.pdfbase import pdfmetrics

        self.canvas = canvas
        self._metrics = pdfmetrics

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 9,
        *,
        bold: bool = False,
        ink: str = "#14201c",
        within: float = 1000,
        right: bool = False,
    ) -> float:
        """One line, cut with an ellipsis where it must be; gives its width."""
        font = "Golos-Semibold" if bold else "Golos"
        text = self.cut(self.drawable(text), font, size, within)
        width = self.width(text, font, size)
        at = x - width if right else x
        self.canvas.setFillColor(ink)
        for name, run in self._runs(text, font):
            self.canvas.setFont(name, size)
            self.canvas.drawString(at, y, run)
            at += self._metrics.stringWidth(run, name, size)
        return width

    def width(self, text: str, font: str, size: float) -> float:
        return float(
            sum(self._metrics.stringWidth(run, name, size) for name, run in self._runs(text, font))
        )

    def cut(self, text: str, font: str, size: float, within: float) -> str:
        if self.width(text, font, size) <= within:
            return text
        while text and self.width(f"{text}…", font, size) > within:
            text = text[:-1]
        return f"{text.rstrip()}…"

    @staticmethod
    def drawable(text: str) -> str:
        return "".join(NOT_DRAWN.get(letter, letter) for letter in str(text))

    def _runs(self, text: str, font: str) -> Iterator[tuple[str, str]]:
        """The text in stretches, each with a font that has its letters."""
        glyphs = self._metrics.getFont(font).face.charToGlyph
        for is_ours, letters in groupby(text, lambda letter: ord(letter) in glyphs):
            yield (font if is_ours else KOREAN), "".join(letters)
