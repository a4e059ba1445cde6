import plotly.graph_objects as go
import pytest

from metrics.charts.survival_curve import SHOWN, survival_figure
from metrics.formulas.survival import Lived, survival_curve
from tests.metrics.formulas.test_survival import TEN_CLIENTS

CURVE = survival_curve(TEN_CLIENTS)


def coloured(node):
    """Plotly's own checker knows colours, not names of CSS variables."""
    if isinstance(node, dict):
        return {key: coloured(value) for key, value in node.items()}
    if isinstance(node, list):
        return [coloured(value) for value in node]
    return "#000000" if isinstance(node, str) and node.startswith("--") else node


def test_plotly_accepts_the_figure_of_survival():
    figure = coloured(survival_figure({"All": CURVE}, [1.0, 0.9, 0.8]))
    assert len(go.Figure(figure).data) == 4  # two ends of the band, the steps, the model


def test_the_line_steps_down_where_somebody_left():
    steps = survival_figure({"All": CURVE})["data"][-1]
    assert steps["line"]["shape"] == "hv"
    at = dict(zip(steps["x"], steps["y"], strict=True))
    assert [at[month] for month in (0, 2, 3, 5, 8)] == [1.0, 0.9, 0.8, 0.6857, 0.5486]


def test_the_numbers_at_risk_stand_under_the_axis():
    notes = survival_figure({"All": CURVE})["layout"]["annotations"]
    at_risk = {note["x"]: note["text"] for note in notes if note["xref"] == "x"}
    assert {month: at_risk[month] for month in (0, 2, 8)} == {0: "10", 2: "10", 8: "5"}


def test_at_most_five_segments_are_drawn_and_none_makes_no_figure():
    many = {f"Segment {number}": CURVE for number in range(9)}
    assert len(survival_figure(many)["data"]) == SHOWN
    assert survival_figure({"Nobody": survival_curve([])}) is None


def test_what_people_typed_becomes_no_mark_up_of_plotly():
    figure = survival_figure({"<b>%{x}": CURVE, "Law": survival_curve([Lived(0, 3, True)])})
    assert figure["data"][0]["name"] == "bx"


@pytest.mark.parametrize("lines", [1, 3])
def test_there_is_room_for_the_numbers_of_every_line(lines):
    figure = survival_figure({str(number): CURVE for number in range(lines)})
    assert figure["layout"]["margin"]["b"] == 62 + 15 * lines
