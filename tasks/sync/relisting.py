"""One project listed again as a whole, because its events could not be followed."""

from datetime import datetime, tzinfo

from django.db.models import Q

from tasks.asana.client import AsanaClient
from tasks.asana.payload import TaskRecord
from tasks.models import Project, Task
from tasks.sync.listing import TaskPage
from tasks.sync.plan import FINISHED_LATELY

Records = dict[str, tuple[TaskRecord, datetime]]


def listed(client: AsanaClient, project: Project, zone: tzinfo, now: datetime) -> Records:
    """What is open or was finished lately, each task once, as last seen."""
    since = (now - FINISHED_LATELY).isoformat()
    found: Records = {}
    for answer in client.tasks_of_project(project.gid, completed_since=since):
        page = TaskPage.of(answer, zone)
        if page.restarted:
            found.clear()
        found.update((record.gid, (record, page.sent_at)) for record in page.records)
    return found


def not_listed(project: Project, records: Records, now: datetime) -> set[str]:
    """Tasks that stood here and should have been in the list."""
    lately = Q(completed_at=None) | Q(completed_at__gte=now - FINISHED_LATELY)
    expected = Task.objects.in_asana().filter(
        lately,
        memberships__project=project,
        memberships__inherited=False,
        observed_at__lt=now,
    )
    return set(expected.values_list("gid", flat=True)) - records.keys()
