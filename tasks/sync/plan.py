"""What a run has to read of each project: everything, what is open or lately done, or changes."""

from datetime import datetime, timedelta

from tasks.models import Project, SyncPage, SyncRun, SyncUnit

# A deleted or moved task is only found by listing the project; so that is done this often.
LIST_AGAIN_AFTER = timedelta(hours=1)
LIST_ARCHIVED_AGAIN_AFTER = timedelta(days=7)
# What was finished longer ago is not listed again, unless everything is asked for.
FINISHED_LATELY = timedelta(days=35)


def plan(run: SyncRun, started_at: datetime) -> int:
    """Set a unit of work for each project to read. Answers how many there are."""
    projects = Project.objects.filter(connection=run.connection).to_read().select_related("unit")
    units = []
    for project in projects:
        unit: SyncUnit = getattr(project, "unit", None) or SyncUnit(project=project)
        unit.complete = run.full or _is_to_be_listed(unit, project.archived, started_at)
        if project.archived and not unit.complete:
            continue
        unit.run, unit.state, unit.reason = run, SyncUnit.State.WAITING, ""
        unit.finished_since = None if run.full else _finished_since(unit, started_at)
        unit.offset, unit.offset_at, unit.asana_time = "", None, None
        units.append(unit)
    SyncPage.objects.filter(unit__project__connection=run.connection).delete()
    changed = "run state reason complete finished_since offset offset_at asana_time"
    SyncUnit.objects.bulk_create(
        units,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["project"],
        update_fields=changed.split(),
    )
    return len(units)


def _is_to_be_listed(unit: SyncUnit, archived: bool, now: datetime) -> bool:
    if unit.listed_at is None or unit.changes_since is None:
        return True
    patience = LIST_ARCHIVED_AGAIN_AFTER if archived else LIST_AGAIN_AFTER
    return now - unit.listed_at > patience


def _finished_since(unit: SyncUnit, now: datetime) -> datetime | None:
    """None for the first time: then the whole past is read."""
    if unit.listed_at is None or unit.changes_since is None:
        return None
    return min(now - FINISHED_LATELY, unit.changes_since - timedelta(days=1))
