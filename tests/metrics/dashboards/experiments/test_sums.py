"""The sums on the page are those of docs/definitions.md, 15, with the numbers in place."""

from dataclasses import replace
from datetime import date, timedelta

from metrics.dashboards.experiments.sums import sums
from metrics.dashboards.experiments.words import named
from metrics.formulas.experiment_course import Look, Plan, outcome
from metrics.formulas.experiments import StoppingRule
from metrics.formulas.proportions import Arm

START = date(2026, 9, 1)
PLAN = Plan(started_on=START, planned_visitors=5000)
LOOK = Look(START + timedelta(days=14), (Arm(5000, 200), Arm(5000, 250)))
NAMES = ["As it is", "Shorter"]


def told(plan: Plan, look: Look = LOOK, names: list[str] = NAMES) -> dict[str, tuple[str, str]]:
    found = sums(plan, outcome(plan, [look], look.day), names)
    return {one.what: (one.how, one.result) for one in found}


def test_a_decided_test_shows_the_worked_example_step_by_step():
    found = told(PLAN)
    assert found["As it is"] == ("200 ÷ 5,000", "4.00%")
    assert found["Shorter"] == ("250 ÷ 5,000", "5.00%")
    assert found["Shorter: difference"] == ("5.00% − 4.00%", "+1.00 points")
    assert found["Shorter: z, pooled"] == (
        "0.0100 ÷ √(0.0450 × 0.9550 × (1 ÷ 5,000 + 1 ÷ 5,000))",
        "2.412",
    )
    assert found["Shorter: p"][1] == "0.0159"
    assert found["Shorter: chance alone"] == ("as it is", "0.0159 against 0.05")
    assert found["Shorter: interval, 95%"][1] == "+0.19 to +1.81 points"
    assert found["Sample"] == ("5,000 ÷ 5,000 planned visitors per arm", "100%")
    assert found["Time"] == ("1 Sep to 15 Sep", "14 days, at least 7")


def test_a_fixed_test_that_goes_on_shows_no_z_and_no_chance():
    found = told(replace(PLAN, planned_visitors=6745))
    assert found["Sample"] == ("5,000 ÷ 6,745 planned visitors per arm", "74%")
    assert not [what for what in found if "z" in what.split() or "chance" in what]
    assert found["Shorter: interval so far, at every look, 95%"][1] == "−0.27 to +2.27 points"


def test_a_sequential_test_says_that_its_interval_holds_at_every_look():
    found = told(replace(PLAN, rule=StoppingRule.SEQUENTIAL))
    assert "by the interval that holds at every look" in found["Shorter: chance alone"][0]
    assert "for 10,000 visitors, tuned for 5,000" in found["Shorter: interval, 95%"][0]


def test_several_variants_say_that_holm_corrected_them():
    look = replace(LOOK, arms=(*LOOK.arms, Arm(5000, 205)))
    found = told(PLAN, look, [*NAMES, "Longer"])
    assert found["Shorter: chance alone"][0] == "as it is, corrected by Holm for 2 variants"
    assert found["Shorter: p"][1] == "0.0159"
    assert found["Shorter: chance alone"][1] == "0.0317 against 0.05"


def test_an_uneven_split_is_told_with_its_sum():
    look = replace(LOOK, arms=(Arm(5000, 200), Arm(5400, 300)))
    how, result = told(PLAN, look)["Split of the visitors"]
    assert how == "5,000 : 5,400, even would be 5,200; χ² = 15.38"
    assert result == "p = under 0.0001, invalid below 0.001"


def test_nothing_read_has_no_sums():
    assert sums(PLAN, outcome(PLAN, [], START), NAMES) == []


def test_reasons_name_the_variant():
    assert named(["variant 1: +1.00 points", "stopped"], NAMES) == [
        "Shorter: +1.00 points",
        "stopped",
    ]
