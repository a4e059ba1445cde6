from xml.etree import ElementTree

import pytest

from godview.drawing import pace_bar, sparkline


def parts(svg):
    return list(ElementTree.fromstring(svg))


def classes(svg):
    return [part.get("class") for part in parts(svg)]


def test_a_sparkline_is_decoration_for_readers():
    assert 'aria-hidden="true"' in sparkline([1, 2, 3])


def test_a_line_that_rises_ends_higher_on_the_screen_than_it_began():
    path = parts(sparkline([1, 2, 3]))[0].get("d")
    first, *_, last = [float(point.split()[1]) for point in path[1:].split("L")]
    assert last < first


def test_an_unknown_week_leaves_a_gap():
    lines = [part for part in parts(sparkline([1, 2, None, 4, 5])) if part.get("class") is None]
    assert len(lines) == 2


@pytest.mark.parametrize("values", [[], [1], [None, None, 3]])
def test_fewer_than_two_known_values_are_no_line(values):
    assert sparkline(values) == ""


def test_a_flat_line_does_not_divide_by_zero():
    assert "nan" not in sparkline([4, 4, 4])


def test_the_end_carries_the_shape_of_the_status():
    assert classes(sparkline([1, 2], "good"))[-1] == "end"
    assert classes(sparkline([1, 2], "watch"))[-1] == "end-watch"
    assert classes(sparkline([1, 2], "bad"))[-1] == "end-bad"


def test_target_and_usual_range_stand_behind_the_line():
    assert classes(sparkline([1, 2], target=5, band=(0, 3)))[:2] == ["band", "ref"]


def test_the_target_is_on_the_same_scale_as_the_line():
    """A target above every value must not be cut off."""
    reference = next(p for p in parts(sparkline([1, 2], target=50)) if p.get("class") == "ref")
    assert 0 <= float(reference.get("d")[3:].split("H")[0]) <= 28


def bar(svg, name):
    return next((part for part in parts(svg) if part.get("class") == name), None)


def test_a_pace_bar_is_as_long_as_the_way_gone():
    assert bar(pace_bar(0.5, 0.6, "bad", 200), "done-bad").get("width") == "100.0"


@pytest.mark.parametrize(("progress", "width"), [(1.4, "200.0"), (-0.2, None), (None, None)])
def test_a_pace_bar_never_leaves_its_track(progress, width):
    done = bar(pace_bar(progress, 0.6, "good", 200), "done-good")
    assert (done.get("width") if done is not None else None) == width


def test_the_tick_stands_where_the_goal_should_be():
    assert bar(pace_bar(0.5, 0.6, "bad", 200), "tick").get("x") == "119.0"
    assert bar(pace_bar(0.5, None, "none", 200), "tick") is None


def test_pictures_have_no_inline_style():
    """The policy of the pages would drop it."""
    assert "style=" not in sparkline([1, 2, 3]) + pace_bar(0.5, 0.6, "bad")
