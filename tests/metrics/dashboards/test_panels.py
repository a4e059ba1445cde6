"""A part of a page that cannot be counted does not take the rest with it."""

from metrics.dashboards.panels import Panels


def broken() -> list[int]:
    raise ZeroDivisionError


def test_what_can_be_counted_is_given_as_it_is():
    panels = Panels()
    assert panels.build("map", lambda: [1, 2], []) == [1, 2]
    assert panels.failed == set()


def test_what_cannot_be_counted_is_named_and_logged_with_its_traceback(caplog):
    panels = Panels()
    assert panels.build("map", broken, []) == []
    assert panels.failed == {"map"}
    [record] = caplog.records
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError
