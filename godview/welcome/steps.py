"""The seven steps of the first start: which are done, which comes next, and how long it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.models import (
    Client,
    ClientGoal,
    DemoMark,
    Engagement,
    Pod,
    PodMembership,
    SetupStep,
    Staff,
    User,
)
from metrics.models import Limit, WallLink
from tasks.models import AsanaConnection, SyncRun

UNNAMED = "Your agency"


@dataclass(frozen=True)
class Step:
    name: str
    title: str
    sentence: str
    minutes: int
    is_counted: bool
    """Done, as the data say."""
    is_settled: bool
    """Done or not needed, as a person said."""
    url: str
    button: str

    @property
    def is_done(self) -> bool:
        return self.is_counted or self.is_settled


@dataclass(frozen=True)
class Checklist:
    steps: list[Step]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if not step.is_done), None)

    @property
    def minutes_left(self) -> int:
        return sum(step.minutes for step in self.steps if not step.is_done)


def checklist(today: date) -> Checklist:
    """Of the agency itself: rows of the demo count for nothing."""
    settled = set(SetupStep.objects.values_list("name", flat=True))
    own = _Own(today)
    makers: tuple[Callable[..., Step], ...] = (
        _agency, _people, _clients, _goals, _asana, _limits, _wall,
    )  # fmt: skip
    return Checklist([maker(own, today, settled) for maker in makers])


NAMES = ("agency", "people", "clients", "goals", "asana", "limits", "wall")


class _Own:
    """What is there beside the demo: all of it is asked in one query."""

    def __init__(self, today: date) -> None:
        mark = DemoMark.objects.first()
        self._last_ids: dict[str, Any] = mark.last_ids if mark else {}
        asked = {
            f"has_{name}": Exists(self._rows(model, **such)) for name, model, such in _asked(today)
        }
        # Any table will do that always has a row to ask beside.
        self._there = ContentType.objects.values(**asked)[:1].get()

    def _rows(self, model: type[Model], **such: Any) -> Any:
        last = self._last_ids.get(model._meta.label, 0)
        return model._base_manager.filter(pk__gt=last, **such)

    def has(self, *names: str) -> bool:
        return all(self._there.get(f"has_{name}") for name in names)

    def first_missing(self, *kinds: str) -> str:
        """The kind of file that comes next; when all are there, the last."""
        return next((kind for kind in kinds if not self.has(kind)), kinds[-1])


def _asked(today: date) -> list[tuple[str, type[Model], dict[str, Any]]]:
    return [
        ("accounts", User, {"is_active": True}),
        ("staff", Staff, {}),
        ("pods", Pod, {}),
        ("pod_members", PodMembership, {}),
        ("clients", Client, {}),
        ("engagements", Engagement, {}),
        ("running_goals", ClientGoal, {"starts_on__lte": today, "ends_on__gt": today}),
        ("connections", AsanaConnection, {"status": AsanaConnection.Status.WORKING}),
        ("readings", SyncRun, {"state": SyncRun.State.DONE}),
        ("limits", Limit, {}),
        ("wall_links", WallLink, {"revoked_at": None}),
    ]


def _agency(own: _Own, today: date, settled: set[str]) -> Step:
    name = settings.AGENCY_NAME
    if name == UNNAMED:
        sentence = _(
            "Say what your agency is called: AGENCY_NAME, where God View is started. And sign in "
            "with an account of your own."
        )
    else:
        sentence = _("%(name)s stands on every page. Sign in with an account of your own.")
        sentence %= {"name": name}
    done = name != UNNAMED and own.has("accounts")
    return Step(
        "agency", _("Your agency, and your account"), sentence, 2, done, "agency" in settled,
        reverse("account_change_password"), _("Set my password"),
    )  # fmt: skip


def _people(own: _Own, today: date, settled: set[str]) -> Step:
    files = ("staff", "pods", "pod_members")
    return Step(
        "people", _("People and pods"),
        _("Who works here, in which pods: three short files, each with an example."), 10,
        own.has(*files), "people" in settled,
        _import_of(own.first_missing(*files)), _("Import people and pods"),
    )  # fmt: skip


def _clients(own: _Own, today: date, settled: set[str]) -> Step:
    files = ("clients", "engagements")
    return Step(
        "clients", _("Clients"),
        _("Whom you serve, since when, and who answers for each."), 10,
        own.has(*files), "clients" in settled,
        _import_of(own.first_missing(*files)), _("Import clients"),
    )  # fmt: skip


def _goals(own: _Own, today: date, settled: set[str]) -> Step:
    running = own.has("running_goals")
    return Step(
        "goals", _("90-day goals"),
        _("One number agreed with each client: where it stands, and where it must be."), 20,
        running, "goals" in settled, _import_of("client_goals"), _("Import 90-day goals"),
    )  # fmt: skip


def _asana(own: _Own, today: date, settled: set[str]) -> Step:
    return Step(
        "asana", _("Asana"),
        _("A token, a workspace, whose each project is. Then the tasks are read by themselves."),
        10, own.has("connections", "readings"), "asana" in settled, reverse("tasks:connect"),
        _("Connect Asana"),
    )  # fmt: skip


def _limits(own: _Own, today: date, settled: set[str]) -> Step:
    return Step(
        "limits", _("Limits"),
        _("When something needs a decision. The usual limits are set; look whether they fit."), 5,
        own.has("limits"), "limits" in settled, reverse("limits"), _("Look at the limits"),
    )  # fmt: skip


def _wall(own: _Own, today: date, settled: set[str]) -> Step:
    return Step(
        "wall", _("Wall display"),
        _("A link for the screen on the wall. It shows no names unless you say so."), 3,
        own.has("wall_links"), "wall" in settled, reverse("wall_settings"),
        _("Make a wall link"),
    )  # fmt: skip


def _import_of(kind: str) -> str:
    return f"{reverse('import')}?{urlencode({'kind': kind})}"
