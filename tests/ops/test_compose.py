import os
import re
import secrets
import subprocess
import sys

import pytest

from tests import services_plugin
from tests.house.project import ROOT, complaints, run
from tests.ops.image import compose

pytestmark = pytest.mark.once
OURS = ("migrate", "web", "worker", "beat")


def test_the_compose_file_follows_the_schema():
    done = run(
        *("-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"),
        "docker-compose.yml",
    )
    assert done.returncode == 0, complaints(done)


def test_the_schema_refuses_what_is_wrong(tmp_path):
    broken = tmp_path / "docker-compose.yml"
    broken.write_text("services: {web: {ports: 8000, comand: [x]}}\n")
    done = run("-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(broken))
    assert done.returncode != 0


def test_every_service_that_stays_is_watched():
    services = compose()["services"]
    watched = {name for name, service in services.items() if "healthcheck" in service}
    assert watched == set(services) - {"migrate"}


def test_no_process_of_ours_starts_before_the_database_is_migrated():
    for name in set(OURS) - {"migrate"}:
        waits = compose()["services"][name]["depends_on"]["migrate"]
        assert waits == {"condition": "service_completed_successfully"}


def test_what_must_survive_lies_in_named_volumes():
    composed = compose()
    used = {
        volume.partition(":")[0]
        for service in composed["services"].values()
        for volume in service.get("volumes", [])
    }
    assert used == set(composed["volumes"]) == {"postgres", "redis", "beat"}


def test_our_processes_have_no_rights_they_do_not_need():
    for name in OURS:
        service = compose()["services"][name]
        assert service["cap_drop"] == ["ALL"]
        assert service["read_only"] is True
    assert re.search(r"^USER (?!root)\w+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)


def test_every_secret_comes_from_the_environment_and_must_be_there():
    secrets = [
        value
        for service in compose()["services"].values()
        for name, value in service.get("environment", {}).items()
        if re.search(r"PASSWORD|AUTH|_URL$", name)
    ]
    assert len(secrets) >= 5
    for value in secrets:
        assert re.search(r"\$\{(POSTGRES|REDIS)_PASSWORD:\?[^}]+\}", value), value


def test_every_setting_is_explained():
    """An operator reads .env.example, not settings.py."""
    read = set(
        re.findall(
            r'\benv\.\w+\(\s*"([A-Z_]+)"',
            (ROOT / "godview" / "settings.py").read_text(),
        )
    )
    lines = (ROOT / ".env.example").read_text().splitlines()
    explained = {found[1] for line in lines if (found := re.match(r"(?:# )?([A-Z_]+)=", line))}
    assert read <= explained, read - explained
    assert {"SECRET_KEY", "DATABASE_URL"} <= read


def test_the_example_leaves_secrets_empty():
    text = (ROOT / ".env.example").read_text()
    for name in ("SECRET_KEY", "ENCRYPTION_KEYS", "POSTGRES_PASSWORD", "REDIS_PASSWORD"):
        assert f"\n{name}=\n" in text


def test_the_example_filled_in_is_ready_for_production(tmp_path):
    text = (ROOT / ".env.example").read_text()
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"):
        text = text.replace(f"\n{name}=\n", f"\n{name}={secrets.token_urlsafe(50)}\n")
    filled_in = tmp_path / "env"
    filled_in.write_text(text)
    command = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = run_without(
        services_plugin.FIXED | dict.fromkeys(services_plugin.MADE), command, filled_in
    )
    assert done.returncode == 0, complaints(done)


def run_without(names, command, env_file) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in names}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**environment, "ENV_FILE": str(env_file)},
        capture_output=True,
        text=True,
        check=False,
    )
