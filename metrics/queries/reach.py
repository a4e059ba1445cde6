"""Whose numbers a person may look at."""

from datetime import date
from typing import Any

from rules.permissions import has_perm

from clients.models import Client, Pod
from godview.access import reach_of
from metrics.queries.people import colleagues_of
from metrics.queries.scopes import Scope


def may_see(user: Any, scope: Scope, today: date) -> bool:
    """The agency's totals are everybody's; the rest follows a person's reach."""
    reach = reach_of(user)
    if reach.everything or scope.is_agency:
        return True
    if scope.kind == "client":
        return Client.objects.visible_to(user).filter(pk=scope.id or 0).exists()
    if scope.kind == "pod":
        return Pod.objects.visible_to(user).filter(pk=scope.id or 0).exists()
    if scope.is_segment:
        return reach.every_client
    if scope.is_person:
        return colleagues_of(user, today).filter(pk=scope.id or 0).exists()
    return scope.id in reach.department_ids


def may_know(user: Any, permission: str, scope: Scope) -> bool:
    """What one client or team costs is not for everybody who sees the client."""
    if not permission or scope.is_agency:
        return True
    # Asked of the roles alone: Django's own permissions, which nobody has, would cost two queries.
    return bool(user.is_superuser or has_perm(permission, user))
