"""bin/up: God View on this machine, from nothing to a page."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from launch.check import check
from launch.environment import ROOT, install
from launch.say import Refusal, plain, say, seconds, step
from launch.stack import Stack, answers, free_port, is_free
from launch.state import State
from launch.supervisor import Stopped, Supervisor
from launch.visitor import Visitor

LOGINS = {
    "leader": "leader",
    "director": "account director",
    "manager": "account manager",
    "designer": "designer",
    "admin": "administrator",
}


def main() -> None:
    options = read_options()
    supervisor = Supervisor()
    supervisor.listen()
    try:
        run(options, supervisor)
        status = 0
    except Stopped as stopped:
        say(f"stopping ({stopped})")
        status = 1 if options.check else 0
    except Refusal as refusal:
        supervisor.stop()
        sys.stderr.write(f"\nGod View cannot go on: {refusal}\n")
        status = 1
    finally:
        supervisor.stop()
    sys.exit(status)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/up",
        description="Start God View on this machine. Everything it keeps is in .state/; "
        "Ctrl-C stops everything it started.",
    )
    parser.add_argument("--port", type=int, help="where the pages are (default: 8000)")
    parser.add_argument(
        "--empty", action="store_true", help="no demo agency: begin with the first administrator"
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="start on a free port, wait for a real sync and a leader's home page, stop",
    )
    parser.add_argument(
        "--state", type=Path, default=ROOT / ".state", help="the folder of everything it keeps"
    )
    parser.add_argument("--clients", default="160", help="how many clients the demo agency has")
    parser.add_argument("--months", default="36", help="how many months of history it has")
    parser.add_argument("--seed", default="1", help="another number, another demo agency")
    return parser.parse_args()


def run(options: argparse.Namespace, supervisor: Supervisor) -> None:
    port = options.port or (free_port() if options.check else 8000)
    state = State(options.state)
    state.open()
    state.lock()
    if not is_free(port):
        raise Refusal(f"port {port} is taken by another program. Try: bin/up --port {port + 1}")
    install("demo")
    stack = Stack(state, port)
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
    try:
        demo = start(options, state, stack, supervisor)
        if options.check:
            plain(check(stack.address, state, supervisor, demo, since))
            return
        welcome(stack, state, demo)
        supervisor.watch()
    finally:
        state.forget_running()


def start(options: argparse.Namespace, state: State, stack: Stack, supervisor: Supervisor) -> bool:
    """Returns whether this is the demo."""
    if state.drop_half_seeded():
        say("the last start was interrupted while the demo was made: making it anew")
    seed = state.is_empty() and not options.empty
    demo = seed or state.is_demo()
    if demo and options.empty:
        raise Refusal(
            f"{state.folder} holds the demo. For an empty start choose another folder "
            "(bin/up --empty --state .state-mine) or delete this one."
        )
    broker = stack.broker()
    supervisor.start(broker)
    supervisor.wait_for(broker, lambda: answers(stack.broker_port), 15)
    if demo:
        if seed:
            stack.asana_file.unlink(missing_ok=True)  # of a database that is gone
        asana = stack.asana()
        supervisor.start(asana)
    if not state.is_migrated():
        with step("migrating the database", "migrated"):
            stack.manage("migrate", "--no-input", demo=demo)
        state.note_migrated()
    worker = stack.worker(demo)
    supervisor.start(worker)
    if demo:
        supervisor.wait_for(asana, lambda: answers(stack.asana_port), 60)
    if seed:
        make_demo(options, state, stack)
    web = stack.web(demo)
    supervisor.start(web)
    visitor = Visitor(stack.address)
    supervisor.wait_for(web, lambda: visitor.status("/healthz") == 200, 60)
    supervisor.start(stack.beat(demo))  # after the pages: its first deed is to ask for webhooks
    state.note_running(
        address=stack.address,
        broker_port=stack.broker_port,
        asana_port=stack.asana_port if demo else None,
    )
    return demo


def make_demo(options: argparse.Namespace, state: State, stack: Stack) -> None:
    size = ["--clients", options.clients, "--months", options.months, "--seed", options.seed]
    state.begin_seeding()
    with step("making the demo agency", "made the demo agency"):
        stack.manage("seed_demo", "--play", *size, demo=True, DEMO_PASSWORD=state.demo_password())
    state.end_seeding()


def welcome(stack: Stack, state: State, demo: bool) -> None:
    plain()
    plain(f"God View is at {stack.address}/   ({seconds():.1f} s)")
    if demo:
        for name, role in LOGINS.items():
            plain(f"  {role:<17}{name}@demo.example")
        plain(
            f"  password of all  {state.demo_password()}   (kept in {state.folder}/demo_password)"
        )
    elif state.query("SELECT 1 FROM clients_user LIMIT 1") == []:
        plain("  Nobody can sign in yet. Make the first administrator in another terminal:")
        plain(f"  {manage_command(state)} createsuperuser")
    plain(f"  logs in {state.logs}; Ctrl-C stops everything")
    plain()


def manage_command(state: State) -> str:
    if state.folder == ROOT / ".state":
        return "bin/manage"
    return f"bin/manage --state {state.folder}"
