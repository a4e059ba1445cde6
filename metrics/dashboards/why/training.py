"""Rows behind the numbers about training: each person and each module that is due."""

from collections.abc import Callable, Sequence
from functools import partial

from django.urls import reverse

from godview.templatetags.display import noun
from godview.translating.later import later
from metrics.dashboards.numbers import Facts
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import Cells, Column, Kind, Link, Row, Rows, Words
from metrics.formulas import training as formulas
from metrics.formulas.ratio import Ratio
from metrics.formulas.training import RequiredModule
from metrics.queries.evidence import Trainee, module_titles, people_trained_under
from training.standing import Standing
from training.words import mark_of, word_of

COLUMNS = (
    Column(later("Person")),
    Column(later("Module")),
    Column(later("Standing")),
    Column(later("First due"), Kind.DAY),
    Column(later("Score"), Kind.COUNT),
)


def due(
    formula: Callable[[Sequence[RequiredModule]], Ratio], words: Words | None = None
) -> Callable[[Facts, Reader], Rows]:
    """Of those whose training the reader may see; what is not passed first, then by name."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        people, titles = people_trained_under(reader.user), module_titles()
        mine = [found for found in facts.due_modules if found.staff_id in people]
        mine.sort(key=lambda x: (x.is_passed, people[x.staff_id].name, titles[x.module_id]))
        shown = [
            Row(
                partial(_cells, found, people[found.staff_id], titles[found.module_id]),
                formula([RequiredModule(found.is_passed, found.score)]),
                state=mark_of(found),
            )
            for found in mine
        ]
        return Rows(COLUMNS, shown, len(facts.due_modules), noun("module"), words)

    return rows


def _cells(found: Standing, person: Trainee, title: str) -> Cells:
    return (
        Link(person.name, reverse("training:person", args=[person.slug])),
        title,
        word_of(found),
        found.first_due_on,
        found.score,
    )


ROWS = {
    "training_completion_rate": due(
        formulas.training_completion_rate, Words(later("passed"), later("not passed"))
    ),
    "training_score": due(formulas.training_score),
    "training_score_with_zero": due(formulas.training_score_with_zero),
}
