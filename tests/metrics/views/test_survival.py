"""The page of survival: what it shows at once, and what it asks of a worker."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.cache import cache
from kombu.exceptions import OperationalError

from metrics import jobs
from tests.factories.cast import make_cast
from tests.metrics.histories import client
from tests.metrics.views.browsing import browser_of, opened, queries, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def leader():
    cast = make_cast()
    for number in range(40):
        month = 1 + number % 9
        end = date(2025, month, 20) if number % 3 == 0 else None
        client(
            f"C {number:02}", (date(2024, month, 1), end), fee=1000 + 100 * number,
            industry="Law" if number % 2 else "Retail",
        )  # fmt: skip
    return cast.person("leader")


@pytest.fixture
def worker(monkeypatch):
    """Does at once what it is asked for, and remembers it."""
    asked = []

    def apply_async(arguments, **options):
        asked.append(arguments)
        jobs.estimate_survival.run(*arguments)

    monkeypatch.setattr(jobs.estimate_survival, "apply_async", apply_async)
    return asked


def test_only_leaders_find_the_page():
    cast = make_cast()
    for name in ("manager", "director", "accounting"):
        opened(cast.person(name), "/survival/", 404)
    opened(cast.person("leader"), "/survival/")


def test_under_ten_clients_the_page_says_what_it_needs():
    said = words(opened(make_cast().person("leader"), "/survival/"))
    assert "It needs 10 clients with a start date" in said


def test_the_page_asks_a_worker_once_and_shows_the_answer_at_the_next_look(leader, worker):
    first = words(opened(leader, "/survival/"))
    assert "Being counted" in first
    assert "Still here after 12 months" in first
    fragment = words(opened(leader, "/survival/forecast/"))
    assert "95% interval" in fragment
    assert "Being counted" not in words(opened(leader, "/survival/"))
    assert len(worker) == 1


def test_a_question_that_waits_is_not_asked_twice_and_not_for_ever(leader, monkeypatch):
    asked = []
    monkeypatch.setattr(jobs.estimate_survival, "apply_async", lambda *a, **b: asked.append(a))
    for number in range(3):
        body = opened(leader, f"/survival/forecast/?try={number}").content.decode()
        assert f"try={number + 1}" in body
    assert "hx-get" not in opened(leader, "/survival/forecast/?try=6").content.decode()
    assert len(asked) == 1


def test_without_a_broker_the_curve_is_there_and_the_forecast_says_why_not(leader, monkeypatch):
    def fails(*arguments, **options):
        raise OperationalError

    monkeypatch.setattr(jobs.estimate_survival, "apply_async", fails)
    said = words(opened(leader, "/survival/"))
    assert "No worker can be reached" in said
    assert "Still here after 12 months" in said


def test_segments_stand_in_a_table_with_a_test_between_them(leader, worker):
    opened(leader, "/survival/?by=industry")
    response = opened(leader, "/survival/?by=industry")
    assert {one.name for one in response.context["page"].segments} >= {"Law", "Retail"}
    assert "log-rank test" in words(response)
    for one in response.context["page"].segments:
        rows = opened(leader, one.url.partition("#")[0]).context["rows"]
        assert len(rows) == one.curve.clients


def test_every_count_of_a_month_is_the_number_of_its_rows(leader):
    months = opened(leader, "/survival/").context["page"].months
    assert any(row.lost for row in months)
    for row in months[:8]:
        at_risk = opened(leader, f"/survival/?month={row.month}").context["rows"]
        left = opened(leader, f"/survival/?month={row.month}&left=1")
        assert (len(at_risk), len(left.context["rows"])) == (row.at_risk, row.lost)
        assert f"left in month {row.month}" in words(left)


def test_the_csv_has_every_month_of_every_segment_and_every_client(leader):
    browser = browser_of(leader)
    months = browser.get("/survival/?by=industry&format=csv").content.decode("utf-8-sig")
    segments = {row["segment"] for row in csv.DictReader(io.StringIO(months))}
    assert segments >= {"all", "Law", "Retail"}
    clients = browser.get("/survival/?format=csv&rows=clients").content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(clients)))) == 42


def test_a_past_day_does_not_know_who_left_since(leader):
    then = opened(leader, "/survival/?as_of=2025-01-31").context["page"].curve
    now = opened(leader, "/survival/").context["page"].curve
    assert then.lost < now.lost


@pytest.mark.parametrize("query", ["by=x&only=y", "discount=zz", "records_from=1", "try=x"])
def test_nonsense_in_the_address_of_survival_falls_back(leader, query):
    opened(leader, f"/survival/?{query}")


def test_survival_asks_little_of_the_database(leader, worker):
    cache.clear()
    assert queries(leader, "/survival/?by=size") <= 14
