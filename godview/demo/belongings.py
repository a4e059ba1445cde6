"""Which rows go with the demo: its own, and what hangs on them and can mean nothing without them.

What was entered since stays, and so do those of the demo's people, pods, lessons and terms that it
names: a client of yours keeps its manager, even if the manager was invented.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Model

from clients.models import (
    CsiQuestion,
    DemoMark,
    Department,
    ExpectationTerms,
    Pod,
    Staff,
    SurveyWave,
)
from godview.demo.mark import marked_models
from training.models import ModuleVersion, Question, TrainingModule

SPARED = (
    Staff, Pod, Department, ExpectationTerms, SurveyWave, CsiQuestion, TrainingModule,
    ModuleVersion, Question,
)  # fmt: skip
ABOUT = frozenset(
    (
        "clients.PodMembership.pod", "clients.PodMembership.staff", "tasks.Meeting.pod",
        "training.Attempt.staff", "training.CoachingPlan.coach", "training.CoachingPlan.staff",
        "training.Completion.staff",
    )
)  # fmt: skip
"""A fact about somebody who was invented goes with them, whenever it was entered."""
HANDED_OVER = frozenset(
    ("metrics.WallLink.created_by", "metrics.Limit.set_by", "tasks.Meeting.started_by")
)
"""What belongs to the agency outlives whoever set it up: it is the remover's from now on."""
PARTS = frozenset(
    ("clients.TermsRule.terms", "training.Question.version", "training.Choice.question")
)
"""What is spared is spared whole."""


@dataclass(frozen=True)
class Link:
    """A column of one table that names a row of another."""

    model: type[Model]
    column: Any

    @property
    def target(self) -> type[Model]:
        found: type[Model] = self.column.related_model
        return found

    @property
    def name(self) -> str:
        return f"{self.model._meta.label}.{self.column.name}"

    @property
    def spares(self) -> bool:
        """Whether a row that stays keeps the row that it names."""
        return self.target in SPARED and self.name not in ABOUT | HANDED_OVER

    @property
    def takes_along(self) -> bool:
        """Whether a row goes with the one that it names."""
        if self.name in ABOUT:
            return True
        alone = self.column.null and self.column.remote_field.on_delete is not models.CASCADE
        return not alone and self.target not in SPARED


@dataclass
class Belongings:
    mark: DemoMark
    has_heir: bool = False
    """Whether somebody takes over what the demo's people set up for the agency."""
    going: dict[type[Model], set[int]] = field(default_factory=lambda: defaultdict(set))
    spared: dict[type[Model], set[int]] = field(default_factory=lambda: defaultdict(set))

    @cached_property
    def models(self) -> list[type[Model]]:
        """Without the tables of the history: those follow their rows."""
        return [model for model in marked_models() if not hasattr(model, "history_type")]

    @cached_property
    def links(self) -> list[Link]:
        known = set(self.models)
        return [
            Link(model, column)
            for model in self.models
            for column in model._meta.concrete_fields
            if column.is_relation and column.related_model in known
        ]

    def find(self) -> "Belongings":
        for model in self.models:
            last = self.last_id(model)
            if last:
                rows = model._base_manager.filter(pk__lte=last)
                self.going[model] = set(rows.values_list("pk", flat=True))
        about = [link for link in self.links if link.name in ABOUT]
        others = [link for link in self.links if link.takes_along and link not in about]
        while self._take_along(others):
            pass
        while self._spare() or self._spare_parts():
            pass
        while self._take_along([*about, *others]):
            pass
        return self

    def last_id(self, model: type[Model]) -> int:
        return int(self.mark.last_ids.get(model._meta.label, 0))

    def _take_along(self, links: list[Link]) -> bool:
        """Rows entered since that belong to one that goes."""
        found = False
        for link in links:
            if self.going[link.target]:
                new = {pk for pk, named in self._later(link) if named in self.going[link.target]}
                new -= self.going[link.model] | self.spared[link.model]
                self.going[link.model] |= new
                found = found or bool(new)
        return found

    def _spare(self) -> bool:
        """Rows of the demo that one which stays has named."""
        found = False
        for link in self.links:
            if self._spares(link) and self.going[link.target]:
                staying = (named for pk, named in self._staying(link))
                named = self.going[link.target].intersection(staying)
                self.going[link.target] -= named
                self.spared[link.target] |= named
                found = found or bool(named)
        return found

    def _spares(self, link: Link) -> bool:
        nobody_inherits = link.name in HANDED_OVER and not link.column.null and not self.has_heir
        return link.spares or nobody_inherits

    def _spare_parts(self) -> bool:
        found = False
        for link in self.links:
            if link.name in PARTS and self.spared[link.target]:
                whole = self.spared[link.target]
                rows = link.model._base_manager.filter(**{f"{link.column.name}__in": whole})
                parts = self.going[link.model].intersection(rows.values_list("pk", flat=True))
                self.going[link.model] -= parts
                self.spared[link.model] |= parts
                found = found or bool(parts)
        return found

    def _staying(self, link: Link) -> Iterator[tuple[int, int]]:
        going = self.going[link.model]
        yield from ((pk, named) for pk, named in self._later(link) if pk not in going)
        spared = self.spared[link.model]
        if spared:
            rows = link.model._base_manager.filter(pk__in=spared)
            yield from self._named(link, rows)

    def _later(self, link: Link) -> Iterator[tuple[int, int]]:
        rows = link.model._base_manager.filter(pk__gt=self.last_id(link.model))
        return self._named(link, rows)

    def _named(self, link: Link, rows: Any) -> Iterator[tuple[int, int]]:
        known = rows.exclude(**{link.column.name: None}) if link.column.null else rows
        pairs: Iterator[tuple[int, int]] = known.values_list("pk", link.column.attname).iterator()
        return pairs

    # -- for the page that asks ------------------------

    def count(self, model: type[Model]) -> int:
        return len(self.going[model])

    def staying(self, model: type[Model]) -> int:
        return model._base_manager.count() - self.count(model)

    @property
    def rows(self) -> int:
        return sum(len(pks) for pks in self.going.values())

    @property
    def spared_rows(self) -> list[Any]:
        """People, pods and the like that stay because something of yours names them."""
        return [
            row
            for model, pks in self.spared.items()
            if model in (Staff, Pod, Department)
            for row in model._base_manager.filter(pk__in=pks)
        ]
