"""All workers of a token share one budget; a refusal holds them all; without a broker, half."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis

from tasks.asana.budget import Lane, LocalBudget, RequestBudget, SharedBudget


def shared(broker: str, per_minute: int = 0, name: str = "1") -> SharedBudget:
    return SharedBudget(redis.Redis.from_url(broker), name, per_minute)


def granted_in(seconds: float, *budgets: RequestBudget) -> int:
    """How many requests all of them together get in that time."""
    ends = time.monotonic() + seconds

    def ask(budget: RequestBudget) -> int:
        granted = 0
        while time.monotonic() < ends:
            wait = budget.take()
            granted += wait == 0
            budget.done()
            time.sleep(min(wait, 0.05))
        return granted

    with ThreadPoolExecutor(len(budgets)) as pool:
        return sum(pool.map(ask, budgets))


def taken(budget: RequestBudget) -> float:
    wait = budget.take()
    budget.done()
    return wait


def test_two_workers_together_stay_below_what_asana_allows(broker: str) -> None:
    """1,200 a minute are 20 a second; a second's worth may go in a burst of two."""
    budgets = [shared(broker, 1200) for _ in range(2)]
    assert 36 <= granted_in(1.0, *budgets) <= 36 + 20


def test_tokens_have_budgets_of_their_own(broker: str) -> None:
    first, second = shared(broker, 60), shared(broker, 60, "2")
    assert (first.take(), second.take()) == (0, 0)
    assert first.take() > 0


def test_a_pause_holds_every_worker(broker: str) -> None:
    one, other = shared(broker), shared(broker)
    one.pause(0.4)
    assert 0 < other.take() <= 0.4
    time.sleep(0.45)
    assert (one.take(), other.take()) == (0, 0)


def test_a_shorter_pause_does_not_end_a_longer_one(broker: str) -> None:
    one, other = shared(broker), shared(broker)
    one.pause(5)
    other.pause(0.1)
    time.sleep(0.15)
    assert other.take() > 4


@pytest.mark.fault(34)
def test_a_pause_outlives_an_emptied_broker(broker: str) -> None:
    budget = shared(broker)
    budget.pause(5)
    redis.Redis.from_url(broker).flushall()
    assert budget.take() > 4


def test_without_a_broker_each_process_keeps_to_half() -> None:
    budget = shared("redis://127.0.0.1:9/0", 1200)
    assert 15 <= granted_in(1.0, budget) <= 18 + 10


def test_a_dead_broker_is_not_asked_at_every_request() -> None:
    client = redis.Redis.from_url("redis://127.0.0.1:9/0")
    budget = SharedBudget(client, "1", 0)
    began = time.monotonic()
    assert [taken(budget) for _ in range(1000)] == [0.0] * 1000
    assert time.monotonic() - began < 2


def test_no_limit_means_no_waiting() -> None:
    budget = LocalBudget(0)
    assert [taken(budget) for _ in range(1000)] == [0.0] * 1000


def drained_by(budget: RequestBudget, lane: Lane) -> int:
    """How many requests a lane gets at once."""
    granted = 0
    while not budget.take(lane):
        granted += 1
        budget.done()
    return granted


def test_a_backfill_leaves_requests_to_those_who_wait(broker: str) -> None:
    """600 a minute: 18 in the bucket, of which the last 60 % are not for a backfill."""
    for budget in (shared(broker, 600), LocalBudget(600)):
        assert 7 <= drained_by(budget, Lane.BACKFILL) <= 9
        assert 5 <= drained_by(budget, Lane.INCREMENTAL) <= 7
        assert 4 <= drained_by(budget, Lane.INTERACTIVE) <= 7


def test_alone_even_a_backfill_gets_everything(broker: str) -> None:
    for per_minute in (1, 30, 150):
        assert drained_by(shared(broker, per_minute, str(per_minute)), Lane.BACKFILL) >= 1


def test_only_so_many_are_under_way_at_once(broker: str) -> None:
    for one, other in ((shared(broker), shared(broker)), (LocalBudget(0),) * 2):
        assert [one.take(writes=True) for _ in range(4)] == [0] * 4
        assert other.take(writes=True) > 0
        one.done()
        assert other.take(writes=True) == 0
        assert one.take() == 0  # reading is counted apart


def test_what_a_dead_worker_held_is_given_back(broker: str) -> None:
    budget, client = shared(broker), redis.Redis.from_url(broker)
    long_ago = client.time()[0] - 121  # the broker's own clock counts
    client.zadd("asana:1:writes", {f"dead {number}": long_ago for number in range(4)})
    assert budget.take(writes=True) == 0


def test_a_refusal_halves_the_pace_and_it_comes_back() -> None:
    now = [1000.0]
    budget = LocalBudget(600, clock=lambda: now[0])
    budget.pause(1)
    budget.pause(1)  # refused together: once is enough
    assert budget.pace() == 0.5
    now[0] += 5 * 60
    assert budget.pace() == pytest.approx(0.75)
    now[0] += 10 * 60
    assert budget.pace() == 1


@pytest.mark.fault(2)
def test_every_worker_goes_at_half_the_pace_after_a_refusal(broker: str) -> None:
    one, other = shared(broker, 1200), shared(broker, 1200)
    while not one.take():
        one.done()
    one.pause(0.05)
    time.sleep(0.1)
    assert 7 <= granted_in(1.0, other) <= 13  # 18 a second at the full pace
    assert float(redis.Redis.from_url(broker).hget("asana:1:bucket", "pace")) == 0.5
