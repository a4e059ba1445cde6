"""What can be found by its name, as far as a person may see it: clients, people, 90-day goals."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef

from clients.models import Client, ClientGoal, Engagement, Staff
from godview.access import covers
from metrics.queries.people import colleagues_of


class Named(NamedTuple):
    name: str
    slug: str
    is_here: bool  # served, or working here, today


class NamedGoal(NamedTuple):
    name: str
    client: str
    slug: str


def findable_clients(user: Any, today: date) -> list[Named]:
    """All clients of the person, former ones too."""
    served = Exists(Engagement.objects.filter(covers(today), client=OuterRef("pk")))
    rows = Client.objects.visible_to(user).annotate(served=served)
    return [Named(*row) for row in rows.values_list("name", "slug", "served").order_by("name")]


def findable_people(user: Any, today: date) -> list[Named]:
    here = Exists(Staff.objects.working_on(today).filter(pk=OuterRef("pk")))
    rows = colleagues_of(user, today).annotate(here=here)
    return [Named(*row) for row in rows.values_list("name", "slug", "here").order_by("name")]


def findable_goals(user: Any, today: date) -> list[NamedGoal]:
    rows = ClientGoal.objects.visible_to(user).running_on(today).order_by("name", "client__name")
    return [NamedGoal(*row) for row in rows.values_list("name", "client__name", "client__slug")]
