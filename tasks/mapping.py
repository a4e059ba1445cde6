"""Say which client a project serves, and which member of staff an Asana user is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from simple_history.utils import bulk_update_with_history

from clients.models import Client, Staff
from tasks.models import AsanaConnection, AsanaUser, MatchedBy, Project


@dataclass
class Mapped:
    """What was changed, and which names could not be placed: by the row's number."""

    changed: int = 0
    refused: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def map_projects(
    connection: AsanaConnection, names: Mapping[int, str], left_out: set[int]
) -> Mapped:
    """Give projects to clients by name; an empty name takes a project from its client."""
    by_name = {client.name.casefold(): client for client in Client.objects.all()}
    result, touched = Mapped(), []
    for project in connection.projects.select_related("client").filter(pk__in=names):
        name = names[project.pk].strip()
        client = by_name.get(name.casefold())
        if name and client is None:
            result.refused[project.pk] = name
            continue
        leave = project.pk in left_out
        if (client, leave) == (project.client, project.left_out):
            continue
        if client != project.client:
            project.matched_by = MatchedBy.PERSON
        project.client, project.left_out = client, leave
        touched.append(project)
    bulk_update_with_history(touched, Project, ["client", "left_out", "matched_by"], batch_size=500)
    result.changed = len(touched)
    return result


@transaction.atomic
def map_users(
    connection: AsanaConnection, names: Mapping[int, str], left_out: Collection[int] = ()
) -> Mapped:
    """Say who Asana's users are, by name; those left out are nobody of ours."""
    by_name = {staff.name.casefold(): staff for staff in Staff.objects.all()}
    result, touched = Mapped(), []
    for user in connection.asana_users.select_related("staff").filter(pk__in=names):
        name = names[user.pk].strip()
        staff = None if user.pk in left_out else by_name.get(name.casefold())
        if name and staff is None and user.pk not in left_out:
            result.refused[user.pk] = name
            continue
        # Who was nobody of ours and is no longer left out is to be decided again.
        is_said = staff or user.staff or user.pk in left_out
        decided = MatchedBy.PERSON if is_said else MatchedBy.NOBODY
        if staff != user.staff or (staff is None and decided != user.matched_by):
            user.staff, user.matched_by = staff, decided
            touched.append(user)
    bulk_update_with_history(touched, AsanaUser, ["staff", "matched_by"], batch_size=500)
    result.changed = len(touched)
    return result
