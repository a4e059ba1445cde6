"""What a read of Asana brought, what it could not bring and why, and what to click about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from godview.templatetags.display import counted
from godview.translating.later import later
from tasks.models import (
    AsanaConnection,
    AsanaUser,
    DeadLetter,
    Membership,
    Project,
    SyncRun,
    SyncUnit,
    Task,
)
from tasks.models.sync_unit import SyncUnitQuerySet

SHOWN = 25


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be: the exact reason, and what to click."""

    what: str
    reason: str
    click: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """The first of them; `count` is how many there are in all."""

    rows: list[Finding]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class Report:
    projects: int
    read: int
    tasks: int
    open_tasks: int
    left_out: int
    letters: int
    skipped: Findings
    projects_unmatched: Findings
    users_unmatched: Findings
    tasks_of_nobody: int
    tasks_of_no_client: int


def report_of(run: SyncRun) -> Report:
    connection = run.connection
    projects = connection.projects.in_asana()
    tasks = Task.objects.in_asana().filter(connection=connection)
    with_client = Membership.objects.filter(task=OuterRef("pk"), project__client__isnull=False)
    units = SyncUnit.objects.filter(project__in=projects.to_read())
    still = Q(completed_at=None)
    of_tasks = tasks.aggregate(
        all=Count("pk"),
        open=Count("pk", filter=still),
        nobody=Count("pk", filter=still & Q(assignee=None)),
    )
    skipped = [*_unread(connection), *_problems(run, units)]
    return Report(
        projects=projects.count(),
        read=units.filter(read_at__isnull=False).count(),
        tasks=of_tasks["all"],
        open_tasks=of_tasks["open"],
        left_out=projects.filter(left_out=True).count(),
        letters=DeadLetter.objects.open().filter(connection=connection).count(),
        skipped=Findings(skipped[:SHOWN], len(skipped)),
        projects_unmatched=_projects(connection),
        users_unmatched=_users(connection),
        tasks_of_nobody=of_tasks["nobody"],
        tasks_of_no_client=tasks.filter(still, ~Exists(with_client)).count(),
    )


def what_to_click(reason: str, acts_as: str) -> str:
    """By the number that Asana answers with, which every reason carries."""
    for part, click in CLICKS:
        if part in reason or _(part) in reason:  # a state is told in the reader's language
            return click.format(us=acts_as or _("the token's owner"))
    return AGAIN


AGAIN = later(
    "Nothing in Asana: it is asked again with the next read. If it stays, press Replay on the "
    "Asana page, and give Asana's support the phrase that stands there."
)
CLICKS = (
    ("(401)", later("On the Asana page: Replace the token.")),
    ("(402)", later("Nothing, or a larger plan: in Asana, Admin console, Billing.")),
    ("(403)", later("In Asana: open the project, Share, invite {us}.")),
    ("(451)", later("Nothing you can click: Asana withholds it by law. Leave the project out.")),
    (
        "(404)",
        later(
            "In Asana: look whether the project is still there. If so, Share, invite {us}; if not, "
            "leave it out here."
        ),
    ),
    (
        "at once",
        later(
            "In Asana: look whether they were deleted (search, Deleted items). If so, press "
            "They were deleted on the Asana page."
        ),
    ),
    ("too large", later("In Asana: move finished work of this project to a second one.")),
    (
        "Waiting",
        later("Nothing: the read is still going on, or was stopped and goes on by itself."),
    ),
)


def _unread(connection: AsanaConnection) -> Iterator[Finding]:
    units = SyncUnit.objects.troubled().filter(project__in=connection.projects.to_read())
    for unit in units.select_related("project").order_by("project__name"):
        reason = unit.reason or unit.get_state_display()
        yield Finding(
            what=str(unit.project),
            reason=reason,
            click=what_to_click(reason, connection.acts_as),
            url=unit.project.asana_url,
            link=_("Open in Asana"),
        )


def _problems(run: SyncRun, units: SyncUnitQuerySet) -> Iterator[Finding]:
    """What the run met in projects that were read: a subtask, a missing task."""
    told = {str(unit.project) for unit in units.troubled().select_related("project")}
    for problem in run.problems:
        if problem["project"] not in told:
            click = what_to_click(problem["reason"], run.connection.acts_as)
            yield Finding(problem["project"], problem["reason"], click)


def _projects(connection: AsanaConnection) -> Findings:
    """Those whose tasks count for no client, the largest first."""
    still = Q(tasks__completed_at=None, tasks__deleted_at=None)
    rows = connection.projects.unmatched().annotate(
        still=Count("tasks", filter=still, distinct=True)
    )
    found = [_project(row) for row in rows.order_by("-still", "name")[:SHOWN]]
    return Findings(found, rows.count())


def _project(row: Project) -> Finding:
    still = counted(getattr(row, "still", 0), "open task")
    return Finding(
        what=str(row),
        reason=(
            _("No client's whole name begins this project's name. %(still)s of no client.")
            % {"still": still}
        ),
        click=_("Choose its client, or leave it out."),
        url=_step("projects", str(row)),
        link=_("Choose"),
    )


def _users(connection: AsanaConnection) -> Findings:
    still = Q(tasks__completed_at=None, tasks__deleted_at=None)
    rows = connection.asana_users.unmatched().annotate(still=Count("tasks", filter=still))
    found = [_user(row) for row in rows.order_by("-still", "name")[:SHOWN]]
    return Findings(found, rows.count())


def _user(row: AsanaUser) -> Finding:
    still = counted(getattr(row, "still", 0), "open task")
    why = (
        (_("Nobody of our people has the e-mail %(row_email)s.") % {"row_email": row.email})
        if row.email
        else _("Asana shows us no e-mail of theirs, and no name of ours is the same.")
    )
    return Finding(
        what=str(row),
        reason=f"{why} {still}.",
        click=_("Say who it is, or that it is nobody of ours."),
        url=_step("users", row.name),
        link=_("Choose"),
    )


def _step(name: str, words: str) -> str:
    return f"{reverse(f'tasks:connect_{name}')}?{name}_q={quote(words)}"
