"""`manage.py bench` in a process of its own, as a person runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

pytestmark = [pytest.mark.slow, pytest.mark.once]


def bench(what: str, folder: Path, *more: str) -> tuple[dict[str, Any], Path]:
    """The figures, and the database file that must not be touched."""
    real = folder / "real.sqlite3"
    small = ("--clients", "10", "--months", "4")
    done = subprocess.run(
        [sys.executable, "manage.py", "bench", what, *small, *more, "--format", "json"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{real}", "DEBUG": "0", "HTTPS": "0"},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures, real


def test_metrics_are_timed_beside_the_same_figures_in_sql(tmp_path: Path):
    figures, real = bench("metrics", tmp_path, "--rounds", "2")
    assert figures["ratio"] == pytest.approx(figures["ms"] / figures["sql_ms"], abs=0.05)
    assert figures["duckdb_ratio"] == pytest.approx(figures["ms"] / figures["duckdb_ms"], abs=0.05)
    assert 0 < figures["snapshot_ms"] < figures["ms"]
    assert figures["figures"] > 30
    assert not real.exists()


def test_every_page_is_timed_beside_a_bare_view(tmp_path: Path):
    figures, real = bench("pages", tmp_path, "--clients", "6", "--rounds", "1")
    pages = {page["page"]: page for page in figures["pages"]}
    assert {"today", "clients", "client", "pods", "pod", "person", "training:matrix"} <= set(pages)
    for page in pages.values():
        assert page["ratio"] == pytest.approx(page["cpu_ms"] / figures["floor_cpu_ms"], abs=0.1)
        of_floor = page["p95_ms"] / figures["floor_p95_ms"]
        assert page["p95_ratio"] == pytest.approx(of_floor, abs=0.1)
        assert 1 <= page["queries"] <= page["cold_queries"]
    assert pages["today"]["cold_queries"] > pages["today"]["queries"]
    assert not real.exists()


def test_a_sync_is_timed_beside_a_bare_reader_and_an_edit_until_it_is_on_a_page(tmp_path: Path):
    figures, real = bench("sync", tmp_path, "--clients", "4", "--latency", "0")
    (run,) = figures["runs"]
    assert (run["tasks"], run["requests"]) == (800, run["minimum_requests"])
    assert run["ratio"] == pytest.approx(run["tasks_per_s"] / run["bare_tasks_per_s"], abs=0.05)
    assert (run["second_written"], figures["edits"]) == (0, 4)
    assert 0 < figures["edit_to_page_s_median"] <= figures["edit_to_page_s_p95"] < 30
    assert not real.exists()
