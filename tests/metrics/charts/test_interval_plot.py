import re

import pytest

from metrics.charts.interval_plot import LIFT, SHARE, WIDTH, axis, interval_plot
from metrics.formulas.ratio import Interval

REACH = Interval(0.02, 0.14)


def xs(svg: str, name: str) -> list[float]:
    found = re.search(rf'class="{name}" d="M([\d.]+) 11H([\d.]+)"', svg)
    return [float(x) for x in found.groups()] if found else []


def test_the_line_runs_from_one_end_of_the_interval_to_the_other_on_the_scale():
    left, right = xs(interval_plot(0.08, REACH, state="good"), "reach")
    assert left == pytest.approx(LIFT.x(0.02), abs=0.05)
    assert right == pytest.approx(LIFT.x(0.14), abs=0.05)
    assert LIFT.x(-0.2) == 5
    assert LIFT.x(0.35) == WIDTH - 5


def test_shapes_tell_won_from_lost_without_colour():
    assert "<circle" in interval_plot(0.08, REACH, state="good")
    assert "<rect" in interval_plot(-0.08, Interval(-0.1, -0.05), state="bad")
    assert "<circle" in interval_plot(0.01, REACH)


def test_an_incomplete_sample_is_dashed():
    assert "stroke-dasharray" in interval_plot(0.08, REACH, dashed=True)
    assert "stroke-dasharray" not in interval_plot(0.08, REACH)


def test_what_lies_beyond_the_scale_stands_at_its_edge():
    svg = interval_plot(0.9, Interval(0.5, 1.2), state="good")
    assert f'cx="{WIDTH - 5:.1f}"' in svg
    assert 'class="reach"' not in svg


def test_nothing_known_is_zero_alone():
    svg = interval_plot(None, None)
    assert 'class="zero"' in svg
    assert "reach" not in svg
    assert "point" not in svg


def test_no_style_is_written_into_the_picture():
    assert "style=" not in interval_plot(0.08, REACH, state="good", dashed=True)
    assert "style=" not in axis()


def test_the_axis_names_its_ticks_with_a_true_minus():
    assert re.findall(r">([^<]+)</text>", axis()) == ["−20%", "0", "+20%"]
    assert re.findall(r">([^<]+)</text>", axis(SHARE, (0, 0.5, 1))) == ["0", "50%", "100%"]
