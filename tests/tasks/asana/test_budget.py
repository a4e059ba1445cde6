"""All workers of a token share one budget; a refusal holds them all; without a broker, half."""

import time
from concurrent.futures import ThreadPoolExecutor

import redis

from tasks.asana.budget import LocalBudget, RequestBudget, SharedBudget


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
            time.sleep(min(wait, 0.05))
        return granted

    with ThreadPoolExecutor(len(budgets)) as pool:
        return sum(pool.map(ask, budgets))


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
    assert [budget.take() for _ in range(1000)] == [0.0] * 1000
    assert time.monotonic() - began < 2


def test_no_limit_means_no_waiting() -> None:
    budget = LocalBudget(0)
    assert [budget.take() for _ in range(1000)] == [0.0] * 1000
