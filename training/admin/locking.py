"""What is published stays as it is: the admin shows it, and offers the next version instead."""

from typing import Any

from django.http import HttpRequest

from training.models import ModuleVersion, Question


def is_locked(row: Any) -> bool:
    """Whether a version, or the version of a question, is published already."""
    version = row.version if isinstance(row, Question) else row
    return isinstance(version, ModuleVersion) and version.published_on is not None


class LockedWhenPublished:
    """Mixed into an admin or an inline whose parent may be published: then it only shows."""

    def has_add_permission(self, request: HttpRequest, *parents: Any) -> bool:
        locked = any(map(is_locked, parents))
        return not locked and super().has_add_permission(request, *parents)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_locked(obj) and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_locked(obj) and super().has_delete_permission(request, obj)  # type: ignore[misc]
