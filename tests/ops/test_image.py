"""The very commands of the image, with production's settings, on a real PostgreSQL and broker."""

import json
import os
import re
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ops import image
from tests.services.broker import Broker
from tests.services.postgres import Postgres
from tests.services.processes import Service, answers, free_port

pytestmark = [
    pytest.mark.services,
    pytest.mark.slow,
    pytest.mark.once,
    pytest.mark.timeout(900),  # collecting and migrating count for the first test
]
HOST = "godview.example"


@dataclass
class Container:
    folder: Path
    environment: dict[str, str]
    port: int

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )

    def start(self, command: list[str], name: str) -> Service:
        # Service adds the tests' own environment: `env -i` keeps it out.
        settings = [f"{key}={value}" for key, value in self.environment.items()]
        log = self.folder.parent / f"{name}.log"
        return Service(["env", "-i", *settings, *command], log, cwd=self.folder)

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    """Built as the Dockerfile says, migrated as docker-compose.yml says."""
    folder = tmp_path_factory.mktemp("image") / "app"
    folder.mkdir()
    image.build(folder)
    postgres, broker = Postgres(), Broker("redis")
    port = free_port()
    environment = image.environment() | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": HOST,
        "BEHIND_PROXY": "1",
        "DATABASE_URL": postgres.url(),
        "REDIS_URL": broker.url(0),
        "CELERY_BROKER_URL": broker.url(1),
        "BEAT_SCHEDULE_FILE": str(folder.parent / "beat-schedule"),
        "GUNICORN_CMD_ARGS": f"--bind 127.0.0.1:{port}",
    }
    built = Container(folder, environment, port)
    collected = built.run(["sh", "-c", image.build_command()])
    assert collected.returncode == 0, collected.stdout + collected.stderr
    migrated = built.run(image.command_of("migrate"))
    assert migrated.returncode == 0, migrated.stdout + migrated.stderr
    yield built
    broker.stop()
    postgres.stop()


@pytest.fixture(scope="module")
def web(container: Container) -> Iterator[Service]:
    service = container.start(image.web_command(), "web")
    service.wait_until(lambda: answers(container.port), 60, "gunicorn")
    yield service
    service.stop()


def test_static_files_carry_a_hash_and_are_compressed(container):
    manifest = json.loads((container.folder / "staticfiles" / "staticfiles.json").read_text())
    css = [hashed for name, hashed in manifest["paths"].items() if name.startswith("css/")]
    assert css
    for hashed in css:
        assert re.search(r"\.[0-9a-f]{12}\.css$", hashed)
        assert (container.folder / "staticfiles" / hashed).exists()


def test_a_migrated_database_has_nothing_left_to_migrate(container):
    done = container.run(["python", "manage.py", "migrate", "--check"])
    assert done.returncode == 0, done.stdout + done.stderr


def test_production_passes_the_check_for_deployment(container):
    command = ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = container.run([*command, "--database", "default"])
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_probe_without_the_hosts_name_is_answered_without_https(container, web):
    assert container.get("/healthz") == (200, '{"status": "alive"}')


def test_a_page_without_https_leads_to_https(container, web):
    opener = urllib.request.build_opener(NoRedirect())
    request = urllib.request.Request(
        f"http://127.0.0.1:{container.port}/accounts/login/", headers={"Host": HOST}
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        opener.open(request, timeout=20)
    assert refused.value.code == 301
    assert refused.value.headers["Location"] == f"https://{HOST}/accounts/login/"


def test_the_sign_in_page_is_served_behind_the_proxy_with_hashed_styles(container, web):
    status, page = container.get("/accounts/login/", **behind_proxy())
    assert status == 200
    styles = re.findall(r'href="(/static/joined/[^"]+\.css)"', page)
    assert styles
    for style in styles:
        assert re.search(r"\.[0-9a-f]{12}\.css$", style)
        assert container.get(style, **behind_proxy())[0] == 200


def test_a_stranger_host_is_refused(container, web):
    status, _ = container.get("/accounts/login/", **{**behind_proxy(), "Host": "evil.example"})
    assert status == 400


def test_without_a_worker_it_is_not_ready_and_says_why(container, web):
    status, body = container.get("/readyz")
    assert status == 503
    assert json.loads(body)["reasons"] == [
        "No worker has answered yet: is the worker running, and beat?"
    ]


def test_with_worker_and_beat_it_becomes_ready(container, web):
    worker = container.start(image.command_of("worker"), "worker")
    beat = container.start(image.command_of("beat"), "beat")
    try:
        ready = wait_for(lambda: container.get("/readyz")[0] == 200, 60)
        assert ready, container.get("/readyz")[1] + worker.tail() + beat.tail()
        assert list(container.folder.parent.glob("beat-schedule*"))
    finally:
        beat.stop()
        worker.stop(20)


def test_what_the_compose_file_builds_from_env_are_addresses_that_settings_understand(container):
    composed = image.compose()["services"]["web"]["environment"]
    environment = {name: image.interpolate(value) for name, value in composed.items()}
    code = (
        "from django.conf import settings as s; d = s.DATABASES['default'];"
        "print(d['ENGINE'], d['HOST'], d['PASSWORD'], s.CACHES['default']['LOCATION'],"
        "s.CELERY_BROKER_URL)"
    )
    production = Container(container.folder, container.environment | environment, 0)
    done = production.run(["python", "manage.py", "shell", "--no-imports", "-c", code])
    assert done.stdout.split() == [
        "django.db.backends.postgresql",
        "postgres",
        "postgres-password",
        "redis://:redis-password@redis:6379/0",
        "redis://:redis-password@redis:6379/1",
    ], done.stderr


def behind_proxy() -> dict[str, str]:
    return {"Host": HOST, "X-Forwarded-Proto": "https"}


def wait_for(reached, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if reached():
            return True
        time.sleep(0.2)
    return False


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None
