"""What goes out as a file comes in again, and changes nothing."""

from datetime import date

import pytest
from django.core.management import call_command

from clients.importing.load import load
from clients.models import Client, Touchpoint
from godview.importing.registry import KINDS
from tests.clients.importing.files import NOW, TODAY
from tests.factories.clients import ClientFactory, TouchpointFactory

LIVE = [
    "=1+1",
    "+49 30 1234",
    "-5",
    "@SUM(A1)",
    "'quoted",
    "＝1",
    "a\nb",
    "  ",
    '"',
    "a,b;c\td",
    "Ω",
]


@pytest.mark.django_db
def test_every_kind_of_the_demo_comes_in_again_unchanged():
    call_command("seed_demo", clients=12, months=8, today=date(2026, 11, 19), without_asana=True)
    for kind in KINDS.values():
        resource = kind.resource()
        exported = resource.export().csv.encode()
        rows = kind.resource._meta.model.objects.count()
        report = load(kind, exported, file_name="again.csv", today=TODAY, now=NOW)
        assert (report.unchanged, report.writes, report.refused) == (rows, 0, 0), kind.name


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_an_export_takes_few_queries(kind, django_assert_max_num_queries):
    for _ in range(5):
        TouchpointFactory(client=ClientFactory())
    with django_assert_max_num_queries(2):
        KINDS[kind].resource().export()


@pytest.mark.django_db
@pytest.mark.parametrize("text", LIVE)
def test_odd_texts_survive_the_round_trip(text):
    ClientFactory(external_id="C1")
    TouchpointFactory(client=Client.objects.get(), note=text.strip())
    kind = KINDS["touchpoints"]
    exported = kind.resource().export().csv.encode()
    load(kind, exported, file_name="again.csv", today=TODAY, now=NOW)
    assert [row.note for row in Touchpoint.objects.all()] == [text.strip()]
