"""The colours as they stand in the file: enough contrast, and a ramp that survives without hue."""

import re
from itertools import pairwise

import pytest

from launch.environment import ROOT

TOKENS = (ROOT / "static/css/tokens.css").read_text()
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)")
THEMES = {
    "light": {name: light for name, light, _ in PAIR.findall(TOKENS)},
    "dark": {name: dark for name, _, dark in PAIR.findall(TOKENS)},
}
TEXTS = [
    *((text, ground) for text in ("ink", "ink2", "ink3") for ground in ("canvas", "surface")),
    *((text, ground) for text in ("ink", "ink2") for ground in ("sunken", "accent-soft")),
    *((text, ground) for text in ("accent", "good") for ground in ("canvas", "surface")),
    *((text, ground) for text in ("watch", "bad") for ground in ("canvas", "surface")),
    *((text, f"{text}-soft") for text in ("accent", "good", "watch", "bad")),
    ("ink3", "sunken"),
    ("ink3", "accent-soft"),
    ("on-accent", "accent"),
    ("on-watch", "watch-fill"),
    ("on-bad", "bad-fill"),
]
MARKS = ("edge", "accent", "good-line", "watch-line", "bad-fill")


def _light(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dim, bright = sorted((_light(one), _light(other)))
    return (bright + 0.05) / (dim + 0.05)


def lightness(colour: str) -> float:
    """L* of CIELAB, 0 black to 100 white."""
    light = _light(colour)
    return 116 * light ** (1 / 3) - 16 if light > 0.008856 else 903.3 * light


def test_the_yardstick_agrees_with_its_published_ends():
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert lightness("#777777") == pytest.approx(50.03, abs=0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXTS, ids="-on-".join)
def test_every_text_can_be_read_on_every_ground_it_stands_on(theme, text, ground):
    colours = THEMES[theme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_and_the_edge_of_every_control_can_be_seen(theme, mark):
    colours = THEMES[theme]
    assert contrast(colours[mark], colours["surface"]) >= 3
    assert contrast(colours[mark], colours["canvas"]) >= 3


@pytest.mark.parametrize(("theme", "darker"), [("light", True), ("dark", False)])
def test_from_good_to_bad_the_marks_step_away_from_the_ground(theme, darker):
    colours = THEMES[theme]
    steps = [lightness(colours[name]) for name in ("good-soft", "watch-fill", "bad-fill")]
    assert steps == sorted(steps, reverse=darker)
    assert all(abs(after - before) >= 15 for before, after in pairwise(steps))


def test_with_more_contrast_asked_for_hairlines_are_edges():
    asked = TOKENS.split("(prefers-contrast: more)")[1]
    assert "--line: var(--edge)" in asked.split("}")[0]
