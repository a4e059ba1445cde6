import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from godview.periods import trailing
from metrics.bench.browser import lines
from metrics.bench.fill import fill
from metrics.bench.metrics import contest
from metrics.bench.pages import pages
from metrics.bench.phone import share_of_a_processor
from metrics.bench.scratch import engine, scratch_database
from tasks.bench import LATENCIES, run_sync_bench

TASKS_OF_A_CLIENT = 200
ROUNDS, FEWER_ROUNDS = 20, 3
MANY_CLIENTS = 1000


class Command(BaseCommand):
    help = "Measure pages, sync or metrics beside a floor, and what pages cost a phone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["pages", "browser", "sync", "metrics"])
        parser.add_argument("--clients", type=int, default=160)
        parser.add_argument("--months", type=int, default=36)
        parser.add_argument(
            "--latency", type=float, help="sync: how late Asana answers, ms; else 0 and then 30"
        )
        parser.add_argument(
            "--rounds",
            type=int,
            help="how often each is timed; pages, metrics: 20, or 3 of many; browser: 3",
        )
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        clients, months = options["clients"], options["months"]
        rounds = options["rounds"] or (ROUNDS if clients < MANY_CLIENTS else FEWER_ROUNDS)
        if options["what"] == "sync":
            asked = options["latency"]
            latencies = LATENCIES if asked is None else (asked,)
            figures = run_sync_bench(clients, TASKS_OF_A_CLIENT, latencies)
        elif options["what"] == "pages":
            figures = bench_pages(clients, months, rounds)
        elif options["what"] == "browser":
            figures = bench_browser(clients, months, options["rounds"] or FEWER_ROUNDS)
        else:
            figures = bench_metrics(clients, months, rounds)
        if options["format"] == "json":
            self.stdout.write(json.dumps(figures, indent=2))
        else:
            self.stdout.write(as_table(figures))
        if figures.get("over"):
            raise CommandError(f"{figures['over']} figures are over their budget.")


def bench_metrics(clients: int, months: int, rounds: int) -> dict[str, Any]:
    today = timezone.localdate()
    with scratch_database():
        fill(clients, months, today)
        result = contest(trailing("month", today), today, rounds)
        return {
            "ms": round(result.ms, 2),
            "sql_ms": round(result.sql_ms, 2),
            "ratio": round(result.ratio, 2),
            "duckdb_ms": round(result.duckdb_ms, 2),
            "duckdb_ratio": round(result.duckdb_ratio, 2),
            "snapshot_ms": round(result.snapshot_ms, 2),
            "figures": result.figures,
            "peak_rss_mb": round(result.peak_rss_kb / 1024, 1),
            "clients": clients,
            "months": months,
            "database": engine(),
        }


def bench_pages(clients: int, months: int, rounds: int) -> dict[str, Any]:
    with scratch_database():
        fill(clients, months, timezone.localdate())
        found = pages(rounds)
        return {
            "pages": [
                {
                    "page": page.name,
                    "url": page.url,
                    "cpu_ms": round(page.warm.cpu_ms, 2),
                    "ratio": round(page.ratio, 2),
                    "p95_ms": round(page.warm.p95_ms, 2),
                    "p95_ratio": round(page.p95_ratio, 2),
                    "queries": page.warm.queries,
                    "cold_ms": round(page.cold_ms, 2),
                    "cold_queries": page.cold_queries,
                }
                for page in found
            ],
            "floor_cpu_ms": round(found[0].floor.cpu_ms, 2),
            "floor_p95_ms": round(found[0].floor.p95_ms, 2),
            "clients": clients,
            "months": months,
            "database": engine(),
        }


def bench_browser(clients: int, months: int, rounds: int) -> dict[str, Any]:
    with scratch_database():
        fill(clients, months, timezone.localdate())
        before, found, after = share_of_a_processor(), lines(rounds), share_of_a_processor()
        return {
            "lines": [
                {
                    "page": line.page,
                    "what": line.what,
                    "figure": float(line.figure),
                    "budget": line.budget,
                    "kept": "yes" if line.is_kept else "NO",
                }
                for line in found
            ],
            "over": sum(not line.is_kept for line in found),
            "free_processor": round(min(before, after), 2),
            "clients": clients,
            "months": months,
            "database": engine(),
        }


def as_table(figures: dict[str, Any]) -> str:
    """The figures by name; a list of records as columns under them."""
    lines = []
    for name, value in figures.items():
        if isinstance(value, list):
            lines += _columns(value)
        else:
            lines.append(f"{name:<20} {value}")
    return "\n".join(lines)


def _columns(records: list[dict[str, Any]]) -> list[str]:
    if not records:
        return []
    rows = [list(records[0]), *(list(map(str, record.values())) for record in records)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(f"{cell:<{wide}}" for cell, wide in zip(row, widths, strict=True)) for row in rows
    ]
