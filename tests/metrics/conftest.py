from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories.kept import for_a_file
from tests.metrics.lively import Lively, lively


@pytest.fixture(scope="module")
def one_lively(django_db_setup: None, django_db_blocker: Any) -> Iterator[Lively]:
    """The lively agency for a whole file: to make it takes seconds."""
    with for_a_file(django_db_blocker):
        yield lively()
