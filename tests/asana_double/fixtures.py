"""The fixture `double`: a running double whose every exchange must keep Asana's contract,
ours no less than its own."""

from collections.abc import Iterator

import pytest

from tests.asana_double.contract import Contract, delivery_problems
from tests.asana_double.server import AsanaDouble


@pytest.fixture
def double() -> Iterator[AsanaDouble]:
    contract = Contract()
    with AsanaDouble() as running:
        running.observer = contract.judge
        yield running
    bodies = {one.body for one in running.hooks.deliveries if one.kind == "events"}
    assert [problem for body in bodies for problem in delivery_problems(body)] == []
    assert contract.violations == []
    assert running.invalid == []
