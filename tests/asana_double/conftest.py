"""How the tests of the double talk to it: over HTTP, as a stranger would."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import urllib3

from tests.asana_double import AsanaDouble
from tests.asana_double.fixtures import double
from tests.asana_double.receiver import Receiver
from tests.asana_double.server import TOKEN

__all__ = ["double"]


@dataclass
class Answered:
    status: int
    body: Any
    headers: Any

    @property
    def data(self) -> Any:
        return self.body["data"]


Call = Callable[..., Answered]


@pytest.fixture
def call(double: AsanaDouble) -> Call:
    def call(
        method: str, path: str, data: Any = None, token: str = TOKEN, **query: Any
    ) -> Answered:
        asked = {name.replace("__", "."): value for name, value in query.items()}
        headers = {"Authorization": f"Bearer {token}"}
        more = {"fields": asked} if data is None else {"json": {"data": data}}
        url = double.url + path
        answer = urllib3.request(method, url, headers=headers, retries=False, timeout=20, **more)
        return Answered(answer.status, answer.json() if answer.data else None, answer.headers)

    return call


@pytest.fixture
def control(double: AsanaDouble) -> Callable[..., Any]:
    def control(path: str, /, **body: Any) -> Any:
        return urllib3.request("POST", f"{double.root}/_double/{path}", json=body).json()

    return control


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    one = Receiver()
    yield one
    one.close()
