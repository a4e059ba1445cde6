"""What the demo's people did with their promises, found by the same sync as real deceits."""

from datetime import UTC, datetime

import pytest

from godview.demo.asana import find_double
from godview.demo.play import Play
from tasks.models import Finding, Postponement, PromiseEvent
from tasks.sync.following import follow
from tasks.sync.start import quick_means
from tests.asana_double import AsanaDouble
from tests.test_seed_demo import seed, sync

NOW = datetime(2026, 11, 19, 15, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


def test_moved_deleted_and_made_anew_it_is_all_in_the_ledger(settings):
    settings.TIME_ZONE = "Europe/London"
    with AsanaDouble(keep_log=False) as double:
        settings.ASANA_BASE_URL = double.url
        seed(clients=40, without_asana=False)
        play = Play(find_double(), NOW)
        assert not play.is_ready()
        sync()
        assert play.is_ready()
        for project in play.play():
            follow(project, quick_means())
    told = [event.kind for event in PromiseEvent.objects.attempts()]
    assert told.count("moved") == 9
    assert told.count("cleared") == 2
    assert told.count("deleted") == 4
    # A person finds all three; the search does not where a client has many tasks of one name.
    assert Finding.objects.filter(kind="recreated", state="open").count() >= 2
    states = list(Postponement.objects.order_by("pk").values_list("state", flat=True))
    assert (states.count("approved"), states.count("refused"), states.count("asked")) == (4, 1, 3)
    named = PromiseEvent.objects.filter(kind="moved").values_list("actor_name", flat=True)
    assert all(named)
    assert PromiseEvent.objects.filter(kind="changed", excuse="approved").count() == 1
