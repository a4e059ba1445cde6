"""The long soak: `python -m tests.tasks.soak --seeds 50 --projects 160`.

Starts a broker and a database of its own, plays one seed after another, and says what each came
to; then how well the finder of tasks made anew does on known cheats and innocents.
Ends with 1 when anything was not right.
"""

import argparse
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests.services_plugin import BROKERS, DATABASES, set_environment

if TYPE_CHECKING:
    from tests.tasks.soak.game import Result
    from tests.tasks.soak.hands import Hand


def main() -> int:
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that broker and database go as well
    set_environment(options.db, options.broker)
    with tempfile.TemporaryDirectory(prefix="gv-soak-") as folder:
        _make_database(Path(folder))
        from tests.services.worker import database_url
        from tests.tasks.soak.hands import QUICK, Hand

        with (Path(folder) / "workers.log").open("wb") as log:
            hands = [Hand({"DATABASE_URL": database_url(), **QUICK}, log) for _ in range(2)]
            try:
                results = _play_all(options, hands)
            finally:
                for hand in hands:
                    hand.dismiss()
                _drop_database()
    return _summary(results, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.tasks.soak")
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--projects", type=int, default=160)
    parser.add_argument("--tasks", type=int, default=6, help="of each project")
    parser.add_argument("--minutes", type=float, default=60, help="no new seed after so long")
    parser.add_argument("--db", choices=DATABASES, default="sqlite")
    parser.add_argument("--broker", choices=BROKERS, default="valkey")
    return parser.parse_args()


def _make_database(folder: Path) -> None:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "godview.settings")
    import django

    django.setup()
    from django.db import connection

    name = str(folder / "soak.sqlite3") if connection.vendor == "sqlite" else f"soak_{os.getpid()}"
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)


def _drop_database() -> None:
    from django.db import connection

    connection.creation.destroy_test_db("unused", verbosity=0)


def _play_all(options: argparse.Namespace, hands: list["Hand"]) -> list["Result"]:
    from tests.asana_double import AsanaDouble
    from tests.tasks.soak.game import Game

    results = []
    ends = time.monotonic() + options.minutes * 60
    for seed in range(options.first_seed, options.first_seed + options.seeds):
        if time.monotonic() > ends:
            print(f"stopped before seed {seed}: {options.minutes:.0f} minutes are over")
            break
        _empty_database()
        with AsanaDouble(seed=seed) as double:
            result = Game(double, hands, seed).play(options.projects, options.tasks)
        results.append(result)
        print(_line(result), flush=True)
    return results


def _empty_database() -> None:
    from django.core.management import call_command
    from django.db import connection

    from tasks.ledger import guard

    guard.remove(connection)
    call_command("flush", interactive=False, verbosity=0)
    guard.install(connection)


def _line(result: "Result") -> str:
    counts = ", ".join(f"{count} {name}" for name, count in sorted(result.counts.items()))
    wrong = [*result.differences, *result.missed, *result.false, *filter(None, [result.ledger])]
    verdict = "right" if result.is_right else f"WRONG: {wrong[:8]}"
    return f"seed {result.seed:>3}: {verdict} in {result.seconds:.1f} s ({counts})"


def _summary(results: list["Result"], options: argparse.Namespace) -> int:
    from tests.tasks.ledger.detector import recall_and_precision

    total: Counter[str] = sum((result.counts for result in results), Counter())
    right = sum(result.is_right for result in results)
    print(f"\n{right} of {len(results)} seeds right, {options.projects} projects, {options.db}")
    print(f"  {sum(len(one.differences) for one in results)} differences from Asana's own state")
    print(f"  {sum(len(one.missed) for one in results)} of {total['cheats']} cheats not told")
    print(
        f"  {sum(len(one.false) for one in results)} false findings, {total['innocent']} innocent"
    )
    print(f"  {sum(bool(one.ledger) for one in results)} times the ledger was to be mended")
    print(f"  {total['kills']} workers killed, broker emptied {total['broker emptied']} times")
    for seed in range(1, 6):
        recall, precision = recall_and_precision(seed)
        print(
            f"  300 cheats, 300 innocent ({seed}): recall {recall:.3f}, precision {precision:.3f}"
        )
    return 0 if right == len(results) else 1


if __name__ == "__main__":
    sys.exit(main())
