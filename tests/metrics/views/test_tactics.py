"""The page of tactics: put together as one likes, filtered, with records and their intervals."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
import time_machine

from tasks.models import Tactic
from tests.factories.cast import make_cast
from tests.factories.clients import AssignmentFactory
from tests.factories.tasks import TacticFactory
from tests.metrics.views.browsing import links, opened, queries, words

pytestmark = pytest.mark.django_db
Outcome = Tactic.Outcome


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(datetime(2026, 11, 19, 14, 32, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def cast():
    cast = make_cast()
    outcomes = [Outcome.WIN] * 7 + [Outcome.LOSS] * 3 + [Outcome.INCONCLUSIVE] * 4
    for place, outcome in enumerate(outcomes):
        told = {"client": cast.client_a, "manager": cast.manager.staff, "name": "Call-only ads"}
        started_on = date(2026, 9, 1 + place)
        TacticFactory(**told, outcome=outcome, started_on=started_on, ended_on=date(2026, 10, 9))
    TacticFactory(client=cast.client_a, manager=cast.manager.staff, name="Chat on the page")
    TacticFactory(
        client=cast.client_b, manager=cast.manager_b.staff, name="Foreignmark", judged=True
    )
    return cast


def test_the_record_of_a_tactic_is_that_of_the_worked_example(cast):
    page = opened(cast.manager, "/tactics/")
    text = words(page)
    assert "7 of 10 decided tactics won" in text
    assert "10 of 14 that ended had a clear result (71%)" in text
    assert "7:3 4 level" in text
    assert "40% to 89%" in text
    assert "65%" in text  # (7 + 6) ÷ (10 + 10)
    main = page.content.decode().partition("</main>")[0]
    assert main.count("mark-bad") == 3 + 1  # and the one in the legend


def test_what_is_foreign_is_not_in_it(cast):
    for by in ("tactic", "client", "manager", "pod", "industry"):
        page = opened(cast.manager, f"/tactics/?by={by}")
        assert "Foreignmark" not in words(page)
        assert cast.client_b.name not in words(page)
    assert "Foreignmark" in words(opened(cast.leader, "/tactics/"))


def test_rows_lead_to_the_clients_of_a_tactic_and_those_to_their_pages(cast):
    page = opened(cast.leader, "/tactics/?period=quarter")
    assert "?period=quarter&tactic=Call-only+ads&by=client" in links(page)
    clients = opened(cast.leader, "/tactics/?tactic=Call-only+ads&by=client")
    assert f"/clients/{cast.client_a.slug}/#tactics" in links(clients)
    assert cast.client_b.name not in words(clients).split("Won and lost")[1]


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ("won", "7 tactics won"), ("lost", "3 tactics lost"), ("decided", "10 tactics decided"),
        ("level", "4 tactics without a difference"), ("ended", "14 tactics ended"),
        ("running", "1 tactic running"),
    ],
)  # fmt: skip
def test_every_number_has_as_many_rows(cast, asked, heading):
    page = opened(cast.manager, f"/tactics/?rows={asked}")
    assert heading in words(page)
    assert f"/clients/{cast.client_a.slug}/#tactics" in links(page)
    answer = opened(cast.manager, f"/tactics/?rows={asked}&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == int(heading.split()[0])


def test_filters_take_away_what_does_not_pass(cast):
    asked = f"client={cast.client_b.slug}"
    assert "1 of 1 decided tactic won" in words(opened(cast.leader, f"/tactics/?{asked}"))
    asked = f"pod={cast.pod_a.slug}&manager={cast.manager.staff.slug}"
    assert "7 of 10 decided tactics won" in words(opened(cast.leader, f"/tactics/?{asked}"))
    nothing = f"/tactics/?pod={cast.pod_a.slug}&client={cast.client_b.slug}"
    assert "No tactic passes these filters" in words(opened(cast.leader, nothing))


def test_the_pod_is_the_one_that_served_the_client_on_the_day_of_the_verdict(cast):
    held = cast.client_a.assignments.get()
    held.ended_on = date(2026, 11, 1)
    held.save()
    AssignmentFactory(
        client=cast.client_a,
        pod=cast.pod_b,
        account_manager=cast.manager_b.staff,
        started_on=date(2026, 11, 1),
    )
    answer = opened(cast.leader, "/tactics/?by=pod&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    won = {row["name"]: row["won"] for row in rows}
    assert won[cast.pod_a.name] == "7"


def test_on_a_past_day_a_later_verdict_is_not_known(cast):
    then = words(opened(cast.leader, "/tactics/?as_of=2026-09-20"))
    assert "No tactic decided yet" in then


def test_the_csv_has_a_row_for_each_group_in_raw_numbers(cast):
    answer = opened(cast.leader, "/tactics/?format=csv&sort=name")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == ["Call-only ads", "Chat on the page", "Foreignmark"]
    first = rows[0]
    assert (first["won"], first["lost"], first["no_difference"]) == ("7", "3", "4")
    assert (first["win_rate"], first["low"], first["evened_out"]) == ("0.7", "0.3968", "0.65")
    assert rows[1]["running"] == "1"


def test_the_page_asks_few_questions(cast):
    assert queries(cast.leader, "/tactics/?by=pod") <= 12
