import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from metrics.catalogue import CATALOGUE
from tests.factories.clients import PodFactory
from tests.metrics.histories import LONG_AGO, client

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("metrics", *arguments, stdout=out)
    return out.getvalue()


def read(*arguments: str) -> dict:
    return json.loads(run("--format", "json", *arguments))


def test_json_maps_every_key_to_its_value_counts_unit_and_reason():
    client("Stayed", fee=1000)
    client("Left", (LONG_AGO, date(2026, 6, 15)), fee=500)
    answer = read("--as-of", "2026-07-01")
    assert answer["client_retention_rate"] == {
        "value": 0.5,
        "part": 1,
        "whole": 2,
        "unit": "share",
        "reason": None,
        "small_base": True,
    }
    assert answer["mrr"]["value"] == 1000.0
    assert answer["on_time_rate"]["value"] is None
    assert answer["on_time_rate"]["reason"].startswith("no task was due")
    assert set(answer) == {*CATALOGUE, "_context"}
    assert answer["_context"] == {
        "as_of": "2026-07-01",
        "period": "2026-06-01..2026-07-01",
        "scope": "agency",
        "currency": "EUR",
    }


def test_start_and_end_alone_speak_of_the_end():
    client("Left", (LONG_AGO, date(2026, 3, 15)))
    answer = read("--period", "2026-03-01..2026-04-01")
    assert answer["_context"]["as_of"] == "2026-04-01"
    assert answer["client_retention_rate"]["value"] == 0
    assert answer["clients_active"]["value"] == 0


@time_machine.travel("2026-11-21 09:00")
def test_without_a_day_it_is_today():
    assert read()["_context"] == {
        "as_of": "2026-11-21",
        "period": "2026-10-21..2026-11-21",
        "scope": "agency",
        "currency": "EUR",
    }


def test_a_period_beyond_the_day_is_cut_there():
    answer = read("--as-of", "2026-06-20", "--period", "2026-06-01..2026-07-01")
    assert answer["_context"]["period"] == "2026-06-01..2026-06-20"


def test_a_scope_is_named_in_words():
    PodFactory(name="Cobalt", external_id="P7")
    assert read("--scope", "pod:P7")["_context"]["scope"] == "pod:Cobalt"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--scope", "pod:Nowhere"], "There is no pod “Nowhere”."),
        (["--scope", "planet"], "is not a scope"),
        (["--as-of", "yesterday"], "2026-06-30"),
        (["--period", "week"], "is not a period"),
        (["--period", "2026-07-01..2026-06-01"], "must end after it starts"),
        (["--as-of", "2026-06-01", "--period", "2026-07-01..2026-08-01"], "has not begun"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(arguments, sentence):
    with pytest.raises(CommandError, match=sentence) as refusal:
        run(*arguments)
    assert refusal.value.returncode == 2


def test_the_table_says_names_values_and_counts():
    client("Stayed", fee=1000)
    client("Left", (LONG_AGO, date(2026, 6, 15)))
    table = run("--as-of", "2026-07-01")
    line = next(line for line in table.splitlines() if "client_retention_rate " in line)
    assert line.startswith("Clients kept")
    assert line.endswith("50.0 %  1 of 2 (small base)")
    assert "1,000.00 EUR" in table
    assert "no data yet" in table


def test_counts_are_said_in_the_words_of_their_metric():
    client("Stayed", fee=1000)
    client("Left", (LONG_AGO, date(2026, 6, 15)), fee=500)
    client("Won", (date(2026, 6, 20), None), fee=250)
    table = {line.split("  ")[0]: line for line in run("--as-of", "2026-07-01").splitlines()}
    assert table["Growth ceiling"].endswith(" 2 clients  1 added, 1 lost (small base)")
    assert table["Average fee"].endswith("625.00 EUR  1,250.00 from 2 clients (small base)")
    assert table["Gross revenue retention"].endswith("1,000.00 of 1,500.00 (small base)")
    assert table["Quick ratio"].endswith("250.00 gained, 500.00 lost (small base)")


def test_a_series_tells_one_number_month_by_month():
    client("Left", (LONG_AGO, date(2026, 6, 15)), fee=500)
    asked = ("--series", "month", "--count", "2", "--as-of", "2026-07-20", "--metric", "mrr")
    lines = run(*asked).splitlines()
    assert [line.split() for line in lines] == [
        ["2026-06-01", "mrr", "500.00", "EUR", "1", "of", "1", "clients"],
        ["2026-07-01", "mrr", "0.00", "EUR", "0", "of", "0", "clients"],
    ]
    points = json.loads(run(*asked, "--format", "json"))
    assert [point["mrr"]["value"] for point in points] == [500.0, 0.0]


def test_a_series_without_an_end_is_refused():
    with pytest.raises(CommandError, match="--count is from 1 to 260"):
        run("--series", "week", "--count", "0")


def test_a_number_can_be_asked_as_it_was_known():
    client("Stayed", fee=1000)
    answer = read("--as-of", "2026-07-01", "--known-on", "2020-01-01")
    assert answer["clients_active"]["value"] == 0
    assert answer["_context"]["known_on"] == "2020-01-01"
