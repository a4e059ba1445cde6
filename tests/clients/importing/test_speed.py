"""Big files: a few statements for thousands of rows, and none that write when nothing changed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.importing.contact import TOUCHPOINTS
from clients.models import Touchpoint
from tests.clients.importing.files import imported
from tests.factories.clients import ClientFactory, StaffFactory

ROWS = 5_000
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.mark.django_db
def test_five_thousand_touchpoints_take_a_few_statements_and_again_no_writing_one():
    StaffFactory(external_id="S1")
    for number in range(20):
        ClientFactory(external_id=f"C{number}")
    lines = (
        f"C{n % 20},{date(2026, 1, 1) + timedelta(n // 40)} 10:{n % 60:02},call,out,S1,Call {n}"
        for n in range(ROWS)
    )
    file = "\n".join(["client,happened_at,channel,direction,staff,note", *lines]).encode()

    with CaptureQueriesContext(connection) as first:
        assert imported(TOUCHPOINTS, file).new == ROWS
    with CaptureQueriesContext(connection) as again:
        assert imported(TOUCHPOINTS, file).unchanged == ROWS

    assert Touchpoint.history.count() == ROWS
    assert len(first) < ROWS / 20
    written = [query["sql"] for query in again if query["sql"].startswith(WRITES)]
    assert [sql for sql in written if "clients_" in sql] == []
    assert len(again) < 50
