"""Run the double as a program: `python -m tests.asana_double --port 8500`."""

import argparse
import signal
import threading
from pathlib import Path

from tests.asana_double import snapshot
from tests.asana_double.server import TOKEN, AsanaDouble

SAVE_EVERY_SECONDS = 3.0


def main() -> None:
    options = _options()
    double = AsanaDouble(
        port=options.port,
        latency_ms=options.latency_ms,
        seed=options.seed,
        token=options.token,
        keep_log=not options.no_log,
    )
    if options.state_file:
        double.control.save = _keeper(double, options.state_file)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    double.start()
    print(f"ready {double.url}", flush=True)
    while not stopped.wait(SAVE_EVERY_SECONDS):
        if double.control.save:
            double.control.save()
    double.stop()
    if double.control.save:
        double.control.save()


def _keeper(double: AsanaDouble, path: Path):  # type: ignore[no-untyped-def]
    """Start from the file when there is one; then keep it up to date when something changed."""
    if path.exists():
        snapshot.restore(double.state, path)
        double.hooks.watch()
    saved = [double.state.changes]

    def save() -> None:
        with double.lock:
            if saved[0] == double.state.changes:
                return
            saved[0] = double.state.changes
            snapshot.save(double.state, path)

    return save


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.asana_double", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--state-file", type=Path, help="keep the workspace here between runs")
    parser.add_argument("--latency-ms", type=float, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--no-log", action="store_true", help="do not keep requests in memory")
    return parser.parse_args()


if __name__ == "__main__":
    main()
