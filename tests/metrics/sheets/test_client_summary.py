import pytest

from metrics.sheets.client_summary import Block, GoalRow, RuleRow, Summary, client_summary_pdf
from tests.metrics.sheets.reading import pages_of, words_of


def summary(**more):
    told = {
        "agency": "Larkfield Agency",
        "as_of": "As of Thu 19 Nov, 14:32",
        "name": "Halden Dental",
        "verdict": "Off pace",
        "lead": "1 rule broken: 90-day pace 0.68.",
        "facts": [("MRR", "€6,400 / mo"), ("With us", "14 months")],
        "why": "Why is this red?",
        "rules": [
            RuleRow("bad", "90-day pace", "41% ÷ 60% expected = 0.68", "Off pace below 0.80", "–")
        ],
        "goals_heading": "90-day goals",
        "goals": [
            GoalRow("bad", "Cost per lead", "€68 → €42", "now €57.30", "Off pace", 0.41, 0.6)
        ],
        "weeks_heading": "13 weeks",
        "weeks": [["Week", *map(str, range(35, 48))], ["Light", *["good"] * 12, "bad"]],
        "blocks": [Block("Contacts", [("Call, Ana Ruiz", "7 Nov")])],
    }
    return Summary(**{**told, **more})


def test_the_facts_stand_on_one_page():
    pdf = client_summary_pdf(summary())
    assert pages_of(pdf) == 1
    said = words_of(pdf)
    for fact in (
        "Larkfield Agency",
        "As of Thu 19 Nov, 14:32",
        "Halden Dental",
        "€6,400 / mo",
        "41% ÷ 60% expected = 0.68",
        "€68 – €42",
        "Call, Ana Ruiz",
    ):
        assert fact in said


@pytest.mark.parametrize(
    "name", ["Żółw i Jaźń", "Пекарня «Объём»", "김치 회사", "Čeněk & Łoś", "Кофе 김치 Ltd (new)"]
)
def test_names_show_in_every_script(name):
    assert name.replace(" ", "") in words_of(client_summary_pdf(summary(name=name))).replace(
        " ", ""
    )


def test_what_is_too_long_is_cut_and_still_one_page():
    rules = [RuleRow("watch", "A rule " * 9, "A sum " * 30, "Limit", "now")] * 8
    goals = [GoalRow("good", "Goal " * 30, "1 → 2", "now 1", "On pace", None, None)] * 5
    weeks = [["Week", *map(str, range(35, 48))], *[["Row", *["none"] * 13]] * 7]
    blocks = [Block("Block", [("Line " * 40, "19 Nov")] * 5)] * 5
    pdf = client_summary_pdf(
        summary(name="N" * 200, rules=rules, goals=goals, weeks=weeks, blocks=blocks)
    )
    assert pages_of(pdf) == 1
    said = words_of(pdf)
    assert "…" in said
    assert said.count("Block") == 5
