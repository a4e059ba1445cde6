"""Children in processes of their own: started again when they end, and all gone in the end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from launch.child import Child
from launch.leash import GRACE_SECONDS
from launch.say import Refusal
from launch.supervisor import Supervisor
from tests.house.project import ROOT

SLEEPER = "import time; time.sleep(600)"
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""
SUPERVISING = """
import sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from launch.child import Child
from launch.supervisor import Supervisor
supervisor = Supervisor()
for name in ("a", "b"):
    child = Child(name, [sys.executable, "-c", {code!r}], Path({folder!r}) / name, {{}}, Path("/"))
    supervisor.start(child)
    print(child.process.pid, flush=True)
supervisor.watch()
"""


def make(tmp_path: Path, code: str, name: str = "child", patience: float = 5) -> Child:
    command = [sys.executable, "-c", code]
    return Child(name, command, tmp_path / f"{name}.log", dict(os.environ), tmp_path, patience)


@pytest.fixture
def supervisor():
    supervisor = Supervisor()
    yield supervisor
    supervisor.stop()


def is_alive(pid: int) -> bool:
    """A zombie that nobody has waited for yet is dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(reached, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not reached() and time.monotonic() < deadline:
        time.sleep(0.02)
    return reached()


def watch_for(supervisor: Supervisor, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    supervisor.watch(lambda: time.monotonic() > deadline, pause=0.05)


def test_a_child_that_is_killed_is_reported_and_started_again(supervisor, tmp_path, capsys):
    child = make(tmp_path, SLEEPER)
    supervisor.start(child)
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    watch_for(supervisor, 1.6)
    assert child.status is None
    assert child.process.pid != first
    told = capsys.readouterr().out
    assert "child ended with status -9" in told
    assert str(child.log) in told
    assert "child started again" in told


def test_a_child_that_keeps_ending_is_started_ever_more_rarely(supervisor, tmp_path, capsys):
    supervisor.start(make(tmp_path, "import sys; sys.exit(3)"))
    watch_for(supervisor, 4.5)
    told = capsys.readouterr().out
    assert "again in 1 s" in told
    assert "again in 2 s" in told
    assert "again in 4 s" in told
    assert told.count("started again") == 2


def test_a_child_that_cannot_start_is_refused_with_the_end_of_its_log(supervisor, tmp_path):
    child = make(tmp_path, "raise SystemExit('the port is taken')")
    supervisor.start(child)
    with pytest.raises(Refusal, match=r"status 1.*\n.*the port is taken"):
        supervisor.wait_for(child, lambda: False, 10)


def test_a_child_that_never_gets_ready_is_refused(supervisor, tmp_path):
    child = make(tmp_path, SLEEPER)
    supervisor.start(child)
    with pytest.raises(Refusal, match="not ready after 0 s"):
        supervisor.wait_for(child, lambda: False, 0.2)


def test_stopping_ends_a_stubborn_child_and_what_it_started(tmp_path):
    supervisor = Supervisor()
    child = make(tmp_path, STUBBORN, patience=0.3)
    supervisor.start(child)
    assert wait_until(lambda: child.log.read_text().strip().isdigit())
    grandchild = int(child.log.read_text())
    supervisor.stop()
    assert not is_alive(child.process.pid)
    assert wait_until(lambda: not is_alive(grandchild))


def test_stopping_ends_nothing_else(tmp_path):
    bystander = subprocess.Popen([sys.executable, "-c", SLEEPER])
    supervisor = Supervisor()
    supervisor.start(make(tmp_path, SLEEPER))
    supervisor.stop()
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_the_first_child_is_stopped_last(tmp_path):
    """The others may still need it to put their work away."""
    note = "import signal, sys, time, pathlib\n"
    note += "def end(*_):\n    time.sleep({0}); open('order', 'a').write('{1} '); sys.exit()\n"
    note += "signal.signal(signal.SIGTERM, end); print('ready', flush=True); time.sleep(600)"
    supervisor = Supervisor()
    children = [
        make(tmp_path, note.format(0, "broker"), "broker"),
        make(tmp_path, note.format(0.4, "worker"), "worker"),
    ]
    for child in children:
        supervisor.start(child)
        supervisor.wait_for(child, lambda child=child: "ready" in child.log.read_text(), 10)
    supervisor.stop()
    assert (tmp_path / "order").read_text().split() == ["worker", "broker"]


def test_kill_9_of_the_supervisor_takes_its_children_along(tmp_path):
    code = SUPERVISING.format(root=str(ROOT), folder=str(tmp_path), code=SLEEPER)
    supervising = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert supervising.stdout
    children = [int(supervising.stdout.readline()) for _ in range(2)]
    assert all(map(is_alive, children))
    supervising.kill()
    supervising.wait()
    assert wait_until(lambda: not any(map(is_alive, children)))


def test_also_one_that_does_not_listen_and_what_it_started(tmp_path):
    """A worker whose broker died in the same moment waits for it and hears nothing."""
    code = SUPERVISING.format(root=str(ROOT), folder=str(tmp_path), code=STUBBORN)
    supervising = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert supervising.stdout
    children = [int(supervising.stdout.readline()) for _ in range(2)]
    logs = [tmp_path / name for name in ("a", "b")]
    assert wait_until(lambda: all(log.exists() and log.read_text().strip() for log in logs))
    everybody = [*children, *(int(log.read_text()) for log in logs)]
    supervising.kill()
    supervising.wait()
    time.sleep(0.5)
    assert all(map(is_alive, children))
    assert wait_until(lambda: not any(map(is_alive, everybody)), GRACE_SECONDS + 3)


def test_a_long_log_is_turned_before_the_next_start(supervisor, tmp_path, monkeypatch):
    monkeypatch.setattr("launch.child.LOG_LIMIT_BYTES", 10)
    child = make(tmp_path, SLEEPER)
    child.log.write_text("more than ten bytes")
    supervisor.start(child)
    assert (tmp_path / "child.log.1").read_text() == "more than ten bytes"
    assert child.log.read_text() == ""
