"""Big files: time of the processor, so that a busy machine does not matter."""

import time
from datetime import date, timedelta

import pytest

from clients.importing.contact import TOUCHPOINTS
from clients.models import Touchpoint
from tests.clients.importing.files import imported
from tests.factories.clients import ClientFactory, StaffFactory

ROWS = 5_000


@pytest.mark.django_db
def test_five_thousand_touchpoints_take_seconds_and_again_even_less():
    StaffFactory(external_id="S1")
    for number in range(20):
        ClientFactory(external_id=f"C{number}")
    lines = (
        f"C{n % 20},{date(2026, 1, 1) + timedelta(n // 40)} 10:{n % 60:02},call,out,S1,Call {n}"
        for n in range(ROWS)
    )
    file = "\n".join(["client,happened_at,channel,direction,staff,note", *lines]).encode()

    began = time.process_time()
    assert imported(TOUCHPOINTS, file).new == ROWS
    first = time.process_time() - began
    assert imported(TOUCHPOINTS, file).unchanged == ROWS
    again = time.process_time() - began - first

    assert Touchpoint.history.count() == ROWS
    assert first < 8
    assert again < first
