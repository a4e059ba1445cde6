"""Starts children, starts again those that end, and stops them all."""

import signal
import time
from collections.abc import Callable
from types import FrameType

from launch.child import Child
from launch.say import Refusal, say

LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0


class Stopped(Exception):
    """Somebody pressed Ctrl-C or sent a signal to end."""


class Supervisor:
    def __init__(self) -> None:
        self.children: list[Child] = []
        self._pauses: dict[str, float] = {}
        self._due: dict[str, float] = {}

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)  # stopping takes its time; once is enough
        raise Stopped(signal.Signals(number).name)

    def start(self, child: Child) -> None:
        self.children.append(child)
        child.start()

    def wait_for(self, child: Child, ready: Callable[[], bool], seconds: float) -> None:
        """The first start must succeed; only later ends are mended."""
        deadline = time.monotonic() + seconds
        while not ready():
            log = f"{child.log}:\n{child.tail()}"
            if child.status is not None:
                raise Refusal(f"{child.name} ended with status {child.status}. {log}")
            if time.monotonic() > deadline:
                raise Refusal(f"{child.name} was not ready after {seconds:.0f} s. {log}")
            time.sleep(0.05)

    def watch(self, until: Callable[[], bool] = lambda: False, pause: float = 0.25) -> None:
        while not until():
            for child in self.children:
                self._mend(child)
            time.sleep(pause)

    def _mend(self, child: Child) -> None:
        if child.status is None:
            return
        now = time.monotonic()
        if child.name not in self._due:
            child.end_group()
            steady = now - child.started_at > STEADY_AFTER
            pause = 1.0 if steady else min(self._pauses.get(child.name, 0.5) * 2, LONGEST_PAUSE)
            self._pauses[child.name] = pause
            self._due[child.name] = now + pause
            say(
                f"{child.name} ended with status {child.status} (see {child.log}); "
                f"starting it again in {pause:.0f} s"
            )
        elif now >= self._due[child.name]:
            del self._due[child.name]
            child.start()
            say(f"{child.name} started again")

    def stop(self) -> None:
        """All at once but the first: it is what the others stand on, and goes last."""
        foundation, others = self.children[:1], self.children[1:]
        for group in (others, foundation):
            for child in reversed(group):
                child.ask_to_stop()
            for child in reversed(group):
                child.make_sure_it_stopped(time.monotonic() + child.patience)
        self.children.clear()
