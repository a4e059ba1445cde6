from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from metrics.bench.browser import Line
from metrics.bench.phone import PLOTLY, Visit, share_of_a_processor, summary
from metrics.management.commands import bench


def visit(**told: Any) -> Visit:
    plain = {"sizes": {}, "total": 0, "requests": 7, "plotly": 0, "plotly_is_kept": True}
    more = {"plotly_came_after_text": True, "lcp_ms": 900.0, "cls": 0.0, "inp_ms": None}
    return Visit(**{**plain, **more, **told})


def test_of_moments_the_quickest_counts_and_of_everything_else_the_worst():
    told = summary(
        [
            visit(lcp_ms=1000, cls=0.0, requests=7, inp_ms=80.0),
            visit(lcp_ms=4000, cls=0.3, requests=8, inp_ms=None, plotly_is_kept=False),
            visit(lcp_ms=1200, cls=0.0, requests=7, inp_ms=120.0),
        ]
    )
    assert (told.lcp_ms, told.cls, told.requests, told.inp_ms) == (1000, 0.3, 8, 80)
    assert not told.plotly_is_kept


def test_a_machine_that_others_use_gives_less_than_a_whole_processor(monkeypatch: Any):
    clock = iter([0.0, 2.0])
    monkeypatch.setattr("metrics.bench.phone.perf_counter", lambda: next(clock))
    monkeypatch.setattr("metrics.bench.phone.process_time", iter([0.0, 0.2, 0.5]).__next__)
    assert share_of_a_processor() == 0.25


def test_a_page_on_which_nobody_did_anything_has_no_time_of_an_answer():
    assert summary([visit(), visit()]).inp_ms is None


def test_the_library_for_charts_is_known_by_its_name_also_when_that_has_a_hash():
    assert PLOTLY.search("/static/vendor/plotly/plotly-basic.min.0a1b2c3d4e5f.js")
    assert not PLOTLY.search("/static/joined/client.js")


@pytest.mark.parametrize(("figure", "kept"), [(8, True), (9, False)])
def test_a_budget_is_kept_up_to_its_very_figure(figure: float, kept: bool):
    assert Line("today", "requests", figure, 8).is_kept is kept


def test_a_figure_over_its_budget_is_printed_and_fails_the_command(monkeypatch: Any):
    over = {"lines": [{"page": "today", "figure": 9, "kept": "NO"}], "over": 1}
    monkeypatch.setattr(bench, "bench_browser", lambda *asked: over)
    said = StringIO()
    with pytest.raises(CommandError, match="1 figures are over"):
        call_command("bench", "browser", stdout=said)
    assert "today  9       NO" in said.getvalue()
