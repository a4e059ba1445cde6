"""bin/up starts everything, mends what breaks, and leaves nothing behind."""

import os
import re
import signal
import socket
import stat
import subprocess
import time
from pathlib import Path

import pytest

from tests.house.project import ROOT
from tests.ops.running import PYTHON, Up, clean_environment, processes_of

pytestmark = [
    pytest.mark.services,
    pytest.mark.slow,
    pytest.mark.once,
]
PARTS = ("valkey-server", "gunicorn", "celery -A godview worker", "celery -A godview.beat beat")


@pytest.fixture(scope="module")
def up(tmp_path_factory):
    started = Up(tmp_path_factory.mktemp("up") / "state", "--empty")
    started.wait_until_it_says("Ctrl-C stops everything")
    yield started
    if started.process.poll() is None:
        started.end(signal.SIGTERM)


def test_an_empty_start_leads_to_the_first_administrator(up):
    said = up.wait_until_it_says("God View is at")
    assert f"http://127.0.0.1:{up.port}/" in said
    assert f"bin/manage --state {up.state} createsuperuser" in said
    assert "password" not in said
    assert up.get("/accounts/login/") == 200


def test_all_parts_are_running(up):
    assert [part for part in PARTS if not up.pids(part)] == []


def test_it_listens_on_this_machine_only(up):
    listening = "0A"
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            _, local, _, state = line.split()[:4]
            if state == listening and int(local.split(":")[1], 16) == up.port:
                assert local.startswith("0100007F"), local


def test_secrets_are_for_the_owner_only(up):
    assert stat.S_IMODE(up.state.stat().st_mode) == 0o700
    for name in ("secret_key", "encryption_key", "broker_password", "running.json", "broker.conf"):
        assert stat.S_IMODE((up.state / name).stat().st_mode) == 0o600, name
    for command in up.processes().values():
        assert (up.state / "broker_password").read_text().strip() not in command


def test_a_second_start_on_the_same_folder_is_refused_with_the_address(up):
    second = run_up("--state", str(up.state), "--empty")
    assert second.returncode == 1
    assert f"already running from {up.state}: http://127.0.0.1:{up.port}" in second.stderr


def test_djangos_commands_work_on_what_is_running(up):
    environment = {
        **clean_environment(),
        "DJANGO_SUPERUSER_EMAIL": "first@example.com",
        "DJANGO_SUPERUSER_PASSWORD": "a long enough password",
    }
    command = ["bin/manage", "--state", str(up.state), "createsuperuser", "--no-input"]
    done = subprocess.run(
        [PYTHON, *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "Superuser created" in done.stdout


@pytest.mark.parametrize("part", PARTS)
def test_a_killed_part_is_reported_and_comes_back(up, part):
    before = up.pids(part)
    os.kill(before[0], signal.SIGKILL)
    up.wait_until_it_says(r"ended with status -9 [^\n]*\n(.*\n)*.* started again")
    deadline = time.monotonic() + 20
    while not set(up.pids(part)) - set(before) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert set(up.pids(part)) - set(before), up.said()
    assert before[0] not in up.processes()


def test_pages_are_back_after_all_that(up):
    deadline = time.monotonic() + 30
    while True:
        try:
            assert up.get("/accounts/login/") == 200
            return
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.2)


def test_a_signal_to_end_stops_everything_and_nothing_else(up):
    bystander = subprocess.Popen([PYTHON, "-c", "import time; time.sleep(600)"])
    assert up.end(signal.SIGTERM) == 0
    assert up.wait_until_nothing_is_left(1) == {}
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", up.port)) != 0


def test_kill_9_of_the_supervisor_leaves_nothing_and_the_next_start_takes_seconds(up):
    key = (up.state / "secret_key").read_text()
    began = time.monotonic()
    again = Up(up.state, "--empty")
    try:
        again.wait_until_it_says(rf"God View is at http://127.0.0.1:{again.port}/")
        assert time.monotonic() - began < 30
        assert (up.state / "secret_key").read_text() == key
        again.end(signal.SIGKILL)
        assert again.wait_until_nothing_is_left() == {}
    finally:
        if again.process.poll() is None:
            again.end(signal.SIGTERM)


def test_the_check_passes_with_a_small_demo_and_leaves_nothing(tmp_path):
    state = tmp_path / "state"
    done = run_up("--check", "--state", str(state), "--clients", "8", "--months", "4")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    figures = done.stdout.splitlines()[-1]
    assert figures.startswith("check passed: pages after ")
    assert re.search(r"sync of [1-9]\d* tasks in \d+ requests", figures)
    assert "leader's home page in " in figures
    assert processes_of(state) == {}


def test_a_taken_port_is_named(tmp_path):
    with socket.socket() as occupied:
        occupied.bind(("127.0.0.1", 0))
        occupied.listen()
        port = occupied.getsockname()[1]
        done = run_up("--state", str(tmp_path / "state"), "--port", str(port))
    assert done.returncode == 1
    assert f"port {port} is taken" in done.stderr
    assert f"bin/up --port {port + 1}" in done.stderr


def run_up(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PYTHON, "bin/up", *options],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=280,
    )
