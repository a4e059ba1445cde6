from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from clients.importing.cells import Cell, ChoiceCell, CountryCell, FlagCell, TimeZoneCell
from clients.importing.moments import DateCell, MomentCell
from clients.importing.numbers import CountCell, NumberCell
from clients.models import Touchpoint


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-19", date(2026, 11, 19)),
        (" 2026-11-19 ", date(2026, 11, 19)),
        ("2026-11-19 00:00:00", date(2026, 11, 19)),
        (date(2026, 11, 19), date(2026, 11, 19)),
        (datetime.combine(date(2026, 11, 19), time.min), date(2026, 11, 19)),
        ("", None),
        (None, None),
    ],
)
def test_a_date(written, meant):
    assert DateCell().clean(written) == meant


@pytest.mark.parametrize(
    "written", ["19/11/2026", "2026-13-01", "2026-02-29", "tomorrow", 46345, "2026-11-19 14:00"]
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(ValueError, match="2026-11-19"):
        DateCell().clean(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-19T14:30:00Z", datetime(2026, 11, 19, 14, 30, tzinfo=UTC)),
        ("2026-11-19 14:30+02:00", datetime(2026, 11, 19, 12, 30, tzinfo=UTC)),
        ("2026-11-19 14:30", datetime(2026, 11, 19, 13, 30, tzinfo=UTC)),
        ("2026-07-19 14:30", datetime(2026, 7, 19, 12, 30, tzinfo=UTC)),
        ("2026-11-19", datetime(2026, 11, 18, 23, 0, tzinfo=UTC)),
        (
            datetime.combine(date(2026, 11, 19), time(14, 30)),
            datetime(2026, 11, 19, 13, 30, tzinfo=UTC),
        ),
        (date(2026, 11, 19), datetime(2026, 11, 18, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_is_on_the_agency_clock_unless_it_names_a_zone(settings, written, meant):
    settings.TIME_ZONE = "Europe/Warsaw"
    assert MomentCell().clean(written) == meant


@pytest.mark.parametrize("written", ["noon", "2026-11-19 25:00", "0001-01-01 00:00+14:00", 5])
def test_what_is_no_moment_is_refused(written):
    with pytest.raises(ValueError, match="2026-11-19 14:30"):
        MomentCell().clean(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1234.50", "1234.5"), (3000, "3000"), (0.1, "0.1"), ("−5", "-5"), ("-0", "0"), (2.0, "2")],
)
def test_a_number(written, meant):
    assert NumberCell().clean(written) == Decimal(meant)


@pytest.mark.parametrize("written", ["1,234.50", "12,5", "€5", "NaN", "Infinity", "1e99", "="])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValueError, match=r"Write it like 1234\.50"):
        NumberCell().clean(written)


def test_true_is_no_number():
    with pytest.raises(ValueError, match="not true or false"):
        NumberCell().clean(True)


def test_half_a_day_is_no_count():
    assert CountCell().clean("30") == 30
    with pytest.raises(ValueError, match="whole number"):
        CountCell().clean("1.5")


@pytest.mark.parametrize("written", ["e-mail", "E-MAIL", " Email ", "mail"])
def test_a_choice_has_many_names(written):
    cell = ChoiceCell(Touchpoint.Channel, email="mail")
    assert cell.clean(written) == "email"


def test_an_unknown_choice_lists_what_may_be_written():
    cell = ChoiceCell(Touchpoint.Direction)
    with pytest.raises(ValueError, match="Write one of: outbound, inbound"):
        cell.clean("sideways")


def test_yes_and_no():
    assert FlagCell().clean("Yes") is True
    assert FlagCell().clean(False) is False
    with pytest.raises(ValueError, match="Write yes or no"):
        FlagCell().clean("maybe")


def test_small_slips_in_places_are_forgiven():
    assert CountryCell().clean("uk") == "GB"
    assert TimeZoneCell().clean("europe/warsaw") == "Europe/Warsaw"
    with pytest.raises(ValueError, match="Europe/Warsaw"):
        TimeZoneCell().clean("Warsaw")


@pytest.mark.parametrize(("written", "meant"), [("'=1+1", "=1+1"), ("'tis", "'tis"), ("'", "'")])
def test_the_mark_that_kept_a_formula_asleep_goes(written, meant):
    assert Cell().clean(written) == meant


@pytest.mark.parametrize("written", ["a\0b", "\x1b[31m", "#REF!"])
def test_what_cannot_be_stored_is_refused(written):
    with pytest.raises(ValueError, match=r"Retype|formula"):
        Cell().clean(written)
