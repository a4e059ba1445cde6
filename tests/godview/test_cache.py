"""Pages survive a dead Redis, and a dead one does not slow them down."""

import time

import pytest

from godview.cache import FailOpenRedisCache, breaker_of
from tests.services.broker import Broker
from tests.services.processes import free_port

QUICK = {"OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}}


def cache_at(url: str) -> FailOpenRedisCache:
    return FailOpenRedisCache(url, dict(QUICK))


@pytest.fixture
def dead() -> FailOpenRedisCache:
    return cache_at(f"redis://127.0.0.1:{free_port()}/0")


@pytest.fixture
def server():
    broker = Broker()
    yield broker
    broker.stop()


def test_a_living_redis_keeps_what_it_was_given(broker):
    cache = cache_at(broker)
    cache.set("a", {"b": [1, 2]})
    assert cache.get("a") == {"b": [1, 2]}
    assert cache.add("a", 2) is False
    assert cache.add("n", 1) is True
    assert cache.incr("n", 2) == 3
    assert cache.delete("a") is True


def test_every_operation_has_an_answer_when_nobody_answers(dead):
    assert dead.get("a") is None
    assert dead.get("a", "default") == "default"
    assert dead.get_many(["a", "b"]) == {}
    assert dead.set("a", 1) is None
    assert dead.add("a", 1) is True
    assert dead.touch("a") is False
    assert dead.delete("a") is False
    assert dead.has_key("a") is False
    assert dead.set_many({"a": 1}) == []
    assert dead.delete_many(["a"]) is None
    assert dead.clear() is False
    assert dead.get_or_set("a", lambda: 7) == 7


def test_a_counter_is_missing_as_django_says_it(dead):
    with pytest.raises(ValueError, match="not found"):
        dead.incr("a")


def test_a_hundred_lookups_in_a_dead_redis_take_less_than_one_time_out(dead):
    began = time.monotonic()
    for _ in range(100):
        dead.get("a")
    assert time.monotonic() - began < 0.5


def test_a_redis_that_hangs_costs_one_time_out_and_not_one_for_each_page(server):
    cache = cache_at(server.url())
    cache.set("a", 1)
    server.pause()
    began = time.monotonic()
    assert [cache.get("a") for _ in range(20)] == [None] * 20
    assert time.monotonic() - began < 2
    server.resume()


def test_all_threads_share_one_breaker():
    url = f"redis://127.0.0.1:{free_port()}/0"
    first, second = cache_at(url), cache_at(url)
    first.get("a")
    assert breaker_of((url,)).open_until > time.monotonic()
    assert second._cache.breaker is first._cache.breaker


def test_the_cache_comes_back_by_itself(server):
    cache = cache_at(server.url())
    cache._cache.breaker.pause = 0.2
    cache.set("a", 1)
    server.stop()
    assert cache.get("a") is None
    server.start()
    time.sleep(0.25)
    cache.set("a", 2)
    assert cache.get("a") == 2


def test_a_restarted_redis_is_not_noticed(server):
    """The connections it closed are opened anew, without one miss."""
    cache = cache_at(server.url())
    cache.set("a", 1)
    server.stop()
    server.start()
    cache.set("b", 2)
    assert cache.get("b") == 2


def test_a_full_redis_is_a_miss_too(server):
    cache = cache_at(server.url())
    server.client().config_set("maxmemory", "1mb")
    cache.set("a", "x" * 2_000_000)
    cache._cache.breaker.open_until = 0.0
    cache.set("a", "x" * 2_000_000)
    assert cache.get("a") is None
