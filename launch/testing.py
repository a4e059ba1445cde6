"""bin/test: everything that must be right, from nothing."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from launch import browser
from launch.child import die_with
from launch.environment import PYTHON, ROOT, install
from launch.say import Refusal, plain, say, seconds, stop_with

SUITE = ("tests", "--ignore=tests/house")
TOGETHER = ("-n", "2")
# What never opens a database need not be run again on another one.
WITHOUT_DATABASE = tuple(
    f"--ignore=tests/{folder}" for folder in ("metrics/formulas", "asana_double", "launch")
)
OUTCOMES = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")


@dataclass(frozen=True)
class Stage:
    name: str
    arguments: Sequence[str]


FULL = (
    Stage("the house's rules", ("tests/house", *TOGETHER)),
    Stage("everything on SQLite and Valkey", (*SUITE, *TOGETHER)),
    Stage(
        "again on PostgreSQL and Redis",
        (
            *(*SUITE, *WITHOUT_DATABASE, *TOGETHER, "--db=postgres", "--broker=redis"),
            *("-m", "not browser and not once"),
        ),
    ),
)
# Pages one by one, every fault of Asana, the demo, the admin: they take minutes.
LONG = (
    *("api", "asana_double", "clients/test_admin.py", "godview/demo", "godview/importing"),
    *("godview/test_admin.py", "godview/test_beat.py", "godview/translating", "launch"),
    *("metrics/api", "metrics/bench", "metrics/dashboards", "metrics/views", "tasks/admin"),
    *("tasks/api", "tasks/asana", "tasks/faults", "tasks/sync", "tasks/views"),
    *("test_seed_demo.py", "training/test_admin.py"),
)
FAST = (
    Stage(
        "the inner loop",
        (
            *(*SUITE, *(f"--ignore=tests/{path}" for path in LONG), *TOGETHER),
            *("--hypothesis-profile=fast", "-m"),
            "not slow and not services and not browser and not once",
        ),
    ),
)


def main() -> None:
    arguments = sys.argv[1:]
    if "-h" in arguments or "--help" in arguments:
        plain("bin/test            everything\nbin/test --fast     the inner loop, under a minute")
        plain("bin/test PATH ...   some; all options of pytest, --db=postgres, --broker=redis")
        return
    try:
        install("test")
        if arguments != ["--fast"]:
            browser.prepare()
    except Refusal as refusal:
        stop_with(f"The tests cannot start: {refusal}")
    if not arguments:
        stages: Sequence[Stage] = FULL
    elif arguments == ["--fast"]:
        stages = FAST
    else:
        stages = (Stage("some", arguments),)
    sys.exit(run(stages))


def run(stages: Sequence[Stage]) -> int:
    """Runs all stages, also after one has failed; the status is 0 when all of them passed."""
    counts = dict.fromkeys(OUTCOMES, 0)
    closing: list[str] = []
    failed_stages: list[str] = []
    for stage in stages:
        say(f"{stage.name}: pytest {' '.join(stage.arguments)}")
        status, last_line = pytest(stage.arguments)
        closing.append(f"{stage.name}: {last_line.strip('= ') or 'no result'}")
        for outcome, number in outcomes(last_line).items():
            counts[outcome] += number
        if status != 0:
            failed_stages.append(f"{stage.name} (status {status})")
    return summarize(counts, closing, failed_stages)


def summarize(counts: dict[str, int], closing: list[str], failed_stages: list[str]) -> int:
    failures = counts["failed"] + counts["error"]
    plain()
    for line in closing:
        plain(line)
    for name in failed_stages:
        plain(f"FAILED: {name}")
    plain(f"took {seconds() / 60:.1f} min; {counts['skipped']} skipped")
    # A stage that broke before any test ran must not look like a success.
    plain(f"{counts['passed']} passed, {max(failures, len(failed_stages))} failed")
    return 1 if failures or failed_stages else 0


def pytest(arguments: Sequence[str]) -> tuple[int, str]:
    """Returns pytest's exit status and its closing line, while its output goes to the terminal."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        [PYTHON, "-m", "pytest", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env={**environment, "PYTHONUNBUFFERED": "1"},
        cwd=ROOT,
        preexec_fn=die_with(os.getpid()),
    )
    last_line = ""
    try:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            if re.match(r"=+ .*\bin \d[\d.:hms ()]*s?.* =+$", line) or outcomes(line):
                last_line = line.strip()
        return process.wait(), last_line
    except KeyboardInterrupt:
        process.wait()
        stop_with("interrupted", 130)


def outcomes(line: str) -> dict[str, int]:
    """'== 3 passed, 1 error in 2.1s ==' -> {'passed': 3, 'error': 1}"""
    if " in " not in line:
        return {}
    words = re.findall(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)\b", line)
    return {name.rstrip("s") if name == "errors" else name: int(number) for number, name in words}
