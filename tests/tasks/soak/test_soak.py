"""The short form; `python -m tests.tasks.soak` is the long one."""

from collections.abc import Iterator

import pytest

from tests.asana_double import AsanaDouble
from tests.services.worker import database_url
from tests.tasks.soak.game import Game
from tests.tasks.soak.hands import QUICK, Hand


@pytest.fixture(scope="module")
def hands(django_db_setup: None, tmp_path_factory) -> Iterator[list[Hand]]:
    with (tmp_path_factory.mktemp("soak") / "workers.log").open("wb") as log:
        both = [Hand({"DATABASE_URL": database_url(), **QUICK}, log) for _ in range(2)]
        yield both
        for hand in both:
            hand.dismiss()


@pytest.mark.services
@pytest.mark.fault(11, 34)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.once) for n in (2, 3))])
def test_whatever_happens_the_end_is_as_in_asana_and_every_cheat_is_told(
    double: AsanaDouble, hands: list[Hand], seed: int
) -> None:
    double.observer = None
    result = Game(double, hands, seed).play(projects=12, tasks=10)
    assert result.is_right, result
    assert min(result.counts["cheats"], result.counts["innocent"]) > 10
