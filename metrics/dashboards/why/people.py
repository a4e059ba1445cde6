"""Rows behind the numbers about training: each person and each module that is due."""

from typing import Any

from django.urls import reverse

from clients.models import Staff
from godview.templatetags.display import day as on_day
from godview.templatetags.display import rounded
from metrics.dashboards.numbers.facts import Facts
from metrics.dashboards.why.rows import Row, Rows
from metrics.queries.training import staff_of_scope
from training.access import staff_trained_under
from training.models import TrainingModule
from training.register import training_register
from training.standing import Standing

WORDS = {
    "passed": "passed",
    "failed": "not passed",
    "expired": "expired",
    "new_version": "new version to pass",
    "in_progress": "begun",
    "not_begun": "not begun",
}


def required_modules(facts: Facts, user: Any) -> Rows:
    """What had to be passed by the day: the rows of people whose training `user` may see."""
    everybody = staff_of_scope(facts.scope, facts.as_of)
    due = [s for s in training_register(everybody).required_on(facts.as_of) if s.is_due]
    mine = set(staff_trained_under(user).values_list("pk", flat=True))
    shown = [standing for standing in due if standing.staff_id in mine]
    people = {
        pk: (name, slug)
        for pk, name, slug in Staff.objects.filter(pk__in=mine).values_list("pk", "name", "slug")
    }
    titles = dict(TrainingModule.objects.values_list("pk", "title"))
    rows = [
        _row(standing, people[standing.staff_id], titles[standing.module_id], facts)
        for standing in shown
    ]
    rows.sort(key=lambda row: (row.state, str(row.cells[0])))
    columns = ("Person", "Module", "Standing", "Score", "Due")
    return Rows(columns, rows, len(due) - len(shown), "module", frozenset({3, 4}))


def _row(standing: Standing, person: tuple[str, str], title: str, facts: Facts) -> Row:
    score = "–" if standing.score is None else f"{rounded(standing.score)}"
    due = on_day(standing.first_due_on, facts.as_of)
    cells = (person[0], title, WORDS[standing.state], score, due)
    url = reverse("training:person", args=[person[1]])
    return Row(cells, url, "good" if standing.is_passed else "bad")
