"""Too many requests, in Asana's four ways of saying so."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import redis
from django.conf import settings

from tasks.models import SyncRun
from tasks.sync.start import READERS, client_for
from tests.asana_double.clock import parse
from tests.asana_double.server import TOKEN
from tests.tasks.faults.ground import Ground

pytestmark = pytest.mark.once  # what comes over the wire, not what is stored


@pytest.mark.fault(1)
def test_a_refusal_with_a_time_holds_every_worker_of_the_token(ground: Ground) -> None:
    """One of eight readers is refused for half a minute: nobody asks anything meanwhile."""
    ground.fill(6)
    ground.fault("429", path="/projects/.*/tasks", nth=3, retry_after=30)
    run = ground.read()
    log = list(ground.double.log)
    refused = next(place for place, one in enumerate(log) if one.status == 429)
    assert (run.state, run.refusals) == (SyncRun.State.DONE, 1)
    assert ground.waits[0] > 20
    # Those already on their way may still come in; then it is quiet until the run goes on.
    until = parse(log[refused].at) + timedelta(seconds=20)
    assert sum(parse(one.at) < until for one in log[refused + 1 :]) <= READERS
    ground.is_right()


@pytest.mark.fault(1)
def test_another_worker_with_the_same_token_waits_as_long(ground: Ground) -> None:
    ground.fault("429", nth=1, retry_after=1)
    now = ground.clock.now
    one = client_for(TOKEN, ground.connection, now)
    other = client_for(TOKEN, ground.connection, now)
    ground.state.add_user("Ada", "ada@agency.test")
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(one.me)
        time.sleep(0.2)
        began = time.monotonic()
        other.me()
        assert time.monotonic() - began > 0.7
        slow.result()
    assert (one.refusals, other.refusals) == (1, 0)


@pytest.mark.fault(2)
def test_too_many_at_once_are_fewer_at_once_the_next_time(ground: Ground) -> None:
    """Asana takes three at once and says no more: the pace halves, everything still arrives."""
    ground.fill(10, tasks=3)
    ground.switch("latency", milliseconds=15)
    ground.switch("limit", reads_at_once=3)
    ground.connection.requests_per_minute = 6000
    ground.connection.save()
    run = ground.read()
    broker = redis.Redis.from_url(settings.REDIS_URL)
    pace = float(broker.hget(f"asana:{ground.connection.pk}:bucket", "pace") or 1)
    assert run.state == SyncRun.State.DONE
    assert run.refusals > 0
    assert pace < 1
    assert 5 <= max(ground.waits) < 6.1, "five seconds and up to one more; others wait what is left"
    ground.is_right()


@pytest.mark.fault(3)
def test_a_token_that_has_worked_too_much_finishes_later(ground: Ground) -> None:
    """What we ask for is lean; when even that is too dear, the run is put off and goes on."""
    ground.fill(4, tasks=60)
    ground.switch("limit", cost_per_minute=40)
    run = ground.read()
    asked = [one.query["opt_fields"] for one in ground.double.requests("/tasks")]
    dear = ("custom_fields", "followers", "likes", "tags", "dependencies", "notes")
    assert ground.double.cost.refused > 0
    assert run.state == SyncRun.State.DONE
    assert not any(field in fields for fields in asked for field in dear)
    ground.is_right()


@pytest.mark.fault(4)
def test_calls_that_were_refused_are_not_hammered(ground: Ground) -> None:
    """Each refusal counts against the token: a storm would never end."""
    ground.fill(12, tasks=2)
    ground.switch("limit", per_minute=12, window_seconds=4)
    run = ground.read()
    assert run.state == SyncRun.State.DONE
    # The readers that were on their way together, once for each time the window was full.
    assert 0 < ground.double.limit.refused <= READERS * len(ground.waits)
    ground.is_right()
