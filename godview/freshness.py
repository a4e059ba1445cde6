"""Up to when all that happened in Asana is known: by project, and for the oldest of them."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import F, Min, Q
from django.db.models.functions import Coalesce, Greatest


def known_at(project: str = "") -> Coalesce:
    """A project's moment, for a query; `project` is the way to it, as in "projects__"."""
    drained, read = F(f"{project}stream__drained_at"), F(f"{project}unit__read_at")
    # PostgreSQL's GREATEST passes over what is empty, SQLite's does not.
    return Coalesce(Greatest(drained, read), drained, read)


def oldest_reading() -> tuple[datetime | None, str] | None:
    """The moment of the oldest project that is read, and whether its connection works.

    None before anything was asked to be read. Projects that cannot be read are left out: the Asana
    page names them, and one closed project must not make all the others look old.
    """
    read = Q(projects__deleted_at=None, projects__left_out=False, projects__archived=False) & ~Q(
        projects__unit__state="failed"
    )
    connections: Any = apps.get_model("tasks", "AsanaConnection")._default_manager
    tied = connections.exclude(status="stopped", read_at=None)  # set up, or never more than that
    rows = tied.annotate(oldest=Min(known_at("projects__"), filter=read)).order_by("read_at")
    for read_at, oldest, status in rows.values_list("read_at", "oldest", "status")[:1]:
        return (oldest or read_at) if read_at else None, status
    return None
