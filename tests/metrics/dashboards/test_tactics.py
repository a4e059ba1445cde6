"""Records of tactics put together: by rank, people by name."""

from datetime import date

from metrics.dashboards.tactics import MOST_DOTS, groups
from metrics.queries.tactics import TacticRow

ROW = TacticRow(
    name="Call-only ads",
    client="Acme",
    client_slug="acme",
    industry="Law",
    manager="Ana Ruiz",
    manager_slug="ana-ruiz",
    pod="Cobalt",
    pod_slug="cobalt",
    outcome="win",
    started_on=date(2026, 9, 1),
    ended_on=date(2026, 10, 1),
)


def rows(name: str, wins: int, losses: int = 0, level: int = 0, running: int = 0, **more: str):
    told = ["win"] * wins + ["loss"] * losses + ["inconclusive"] * level + ["running"] * running
    return [ROW._replace(name=name, outcome=outcome, **more) for outcome in told]


def test_three_of_three_rank_below_24_of_30():
    found = groups([*rows("Few", 3), *rows("Many", 24, 6)], "tactic")
    assert [group.name for group in found] == ["Many", "Few"]
    assert [round(group.rank, 3) for group in found] == [0.75, 0.692]


def test_managers_stand_by_name_and_are_never_ranked():
    best = rows("A", 20, manager="Zoe", manager_slug="zoe")
    found = groups([*best, *rows("A", 0, 9)], "manager")
    assert [group.name for group in found] == ["Ana Ruiz", "Zoe"]


def test_what_only_runs_has_no_share_and_stands_last():
    found = groups([*rows("Runs", 0, running=2), *rows("Lost", 0, 9)], "tactic")
    assert [group.name for group in found] == ["Lost", "Runs"]
    assert found[1].running == 2
    assert found[1].rate.value is None
    assert found[1].likely is None


def test_the_newest_verdicts_are_drawn_and_the_older_ones_counted():
    many = [ROW._replace(ended_on=date(2026, 1, 1), outcome="loss")] * 5
    (found,) = groups([*many, *rows("Call-only ads", MOST_DOTS)], "tactic")
    assert found.states == ("good",) * MOST_DOTS
    assert found.older == 5


def test_without_a_pod_a_manager_or_an_industry_there_is_a_word_for_it():
    lone = ROW._replace(pod="", pod_slug="", manager="", manager_slug="", industry="")
    for by, word in (("pod", "no pod"), ("manager", "nobody named"), ("industry", "not told")):
        (group,) = groups([lone], by)
        assert (group.name, group.slug) == (word, "")
