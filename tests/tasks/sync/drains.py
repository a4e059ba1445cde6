"""Draining the projects of the double as the jobs do, one turn each."""

from typing import Any

from tasks.models import EventStream, Project
from tasks.sync.following import Turn, follow
from tests.asana_double import AsanaDouble
from tests.tasks.sync.world import connect, fill, means, sync


def followed(double: AsanaDouble, projects: int = 2, tasks: int = 8) -> list[Project]:
    """Projects that have been read once, in the order of their names."""
    fill(double, projects=projects, tasks=tasks)
    sync(double, connect(double))
    return list(Project.objects.order_by("name"))


def turn(double: AsanaDouble, project: Project, **more: Any) -> Turn:
    return follow(project.pk, means(double, **more))


def stream_of(project: Project) -> EventStream:
    return EventStream.objects.get(project=project)


def asked(double: AsanaDouble, since: int) -> list[str]:
    return [one.path for one in list(double.log)[since:]]
