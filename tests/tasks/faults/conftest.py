import pytest

from tests.asana_double import AsanaDouble

pytest.register_assert_rewrite("tests.tasks.faults.ground")

from tests.tasks.faults.ground import Ground  # noqa: E402  after its assertions can explain themselves


@pytest.fixture
def ground(db: None, double: AsanaDouble, settings) -> Ground:
    settings.ASANA_BASE_URL = double.url
    settings.ASANA_TRIES, settings.ASANA_RETRY_SECONDS = 6, 0.01
    settings.ASANA_TIMEOUT_SECONDS = 1
    return Ground(double)
