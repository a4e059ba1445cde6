"""One row of every kind, once for client A and once for client B, and some that are nobody's.

The crossing tests of pages, API and admin walk over it: what is B's must never reach A's people.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from clients.models import Assignment, Client, Contact, Engagement, Pod, PodMembership, Staff
from godview.encryption import Secret
from metrics.models import AttentionCase, Limit, WallLink
from tasks.models import (
    AsanaConnection,
    AsanaUser,
    Decision,
    Meeting,
    MeetingTurn,
    Membership,
    Project,
    Section,
    SyncRun,
    Task,
    WeekNote,
)
from tests.factories import clients as c
from tests.factories import ledger as led
from tests.factories import training as t
from tests.factories import voices as v
from tests.factories.cast import Cast, make_cast
from tests.factories.tasks import (
    A_MONDAY,
    ArmFactory,
    ArmReadingFactory,
    ExperimentFactory,
    TacticFactory,
    WeeklyGoalFactory,
)

MOMENT = datetime(2026, 11, 16, 10, tzinfo=UTC)


@dataclass
class World:
    """`own` is what client A's people reach; `foreign` is the same for B; by REST noun."""

    cast: Cast
    own: dict[str, Model]
    foreign: dict[str, Model]
    shared: dict[str, Model]


def make_world() -> World:
    cast = make_cast()
    connection = make_connection()
    shared = _shared(cast, connection)
    terms = shared["terms"]
    sides = [
        _rows(client, pod, staff, terms, connection, name)
        for client, pod, staff, name in (
            (cast.client_a, cast.pod_a, cast.manager.staff, "Ownmark"),
            (cast.client_b, cast.pod_b, cast.manager_b.staff, "Foreignmark"),
        )
    ]
    return World(cast, own=sides[0], foreign=sides[1], shared=shared)


def make_connection(**more: Any) -> AsanaConnection:
    fields = {"workspace_gid": "1", "workspace_name": "Agency", "acts_as": "Robot"}
    token = {"token": Secret.of("planted-canary-token"), "token_hint": "oken"}
    return AsanaConnection.objects.create(**{**fields, **token, **more})


def _rows(
    client: Client,
    pod: Pod,
    staff: Staff,
    terms: Model,
    connection: AsanaConnection,
    name: str,
) -> dict[str, Model]:
    contact = c.ContactFactory(client=client, name=f"{name} contact")
    goal = c.ClientGoalFactory(client=client, name=f"{name} goal")
    project = Project.objects.create(
        connection=connection,
        gid=f"{client.pk}1",
        name=f"{name} project",
        client=client,
        observed_at=MOMENT,
    )
    experiment = ExperimentFactory(client=client, designer=None, name=f"{name} test")
    arm = ArmFactory(experiment=experiment, name=f"{name} arm")
    return {
        "clients": client,
        "pods": pod,
        "engagements": Engagement.objects.get(client=client),
        "assignments": Assignment.objects.get(client=client),
        "pod-memberships": PodMembership.objects.filter(pod=pod).earliest("pk"),
        "fees": c.FeeFactory(client=client, service=f"{name} service"),
        "pauses": c.PauseFactory(client=client, reason=f"{name} reason", ended_on=date(2026, 2, 1)),
        "contacts": contact,
        "touchpoints": c.TouchpointFactory(client=client, contact=contact, note=f"{name} note"),
        "agreements": c.SignedAgreementFactory(client=client, terms=terms, signer=f"{name} signer"),
        "obligations": c.ObligationFactory(client=client, text=f"{name} duty"),
        "client-goals": goal,
        "pivots": c.PivotFactory(goal=goal, decided_by=staff, text=f"{name} pivot"),
        "help-requests": led.HelpRequestFactory(
            client=client, weekly_goal=None, client_goal=goal, asked_by=staff, text=f"{name} help"
        ),
        "risks": led.RiskFactory(client=client, told_by=staff, text=f"{name} risk"),
        "goal-readings": c.GoalReadingFactory(goal=goal, note=f"{name} reading"),
        "experiments": experiment,
        "experiment-arms": arm,
        "arm-readings": ArmReadingFactory(arm=arm),
        "weekly-goals": WeeklyGoalFactory(client=client, manager=staff, text=f"{name} week"),
        "week-notes": WeekNote.objects.create(
            client=client, week_starts_on=A_MONDAY, text=f"{name} line", saved_at=MOMENT
        ),
        "tactics": TacticFactory(client=client, manager=staff, name=f"{name} tactic"),
        "projects": project,
        "attention": AttentionCase.objects.create(
            client=client, opened_on=date(2026, 11, 2), next_action=f"{name} action"
        ),
        **_said(client, contact, staff, name),
        **_decided(client, pod, staff, name),
        **_promised(client, staff, _task(project, name), name),
    }


def _said(client: Client, contact: Contact, staff: Staff, name: str) -> dict[str, Model]:
    """What the client said about us, what its manager said about it, and what it costs."""
    nps = v.NpsAnswerFactory(request__contact=contact, comment=f"{name} comment")
    csi = v.CsiAnswerFactory(request__contact=contact)
    return {
        "survey-requests": nps.request,
        "nps-answers": nps,
        "csi-answers": csi,
        "traffic-lights": v.TrafficLightFactory(client=client, staff=staff, note=f"{name} light"),
        "capacities": v.CapacityFactory(client=client, note=f"{name} capacity"),
        "costs": v.CostFactory(client=client, note=f"{name} cost"),
        "invoices": v.InvoiceFactory(client=client, number=f"{name} invoice"),
        "refusals": v.RefusalFactory(client=client, note=f"{name} refusal"),
    }


def _decided(client: Client, pod: Pod, staff: Staff, name: str) -> dict[str, Model]:
    """The pod's meeting, the client's turn in it, and what was decided for the client."""
    told = {"held_on": MOMENT.date(), "started_by": staff, "started_at": MOMENT}
    meeting = Meeting.objects.create(kind=Meeting.Kind.POD, pod=pod, **told)
    by = {"decided_by": staff, "decided_at": MOMENT}
    return {
        "meetings": meeting,
        "meeting-turns": MeetingTurn.objects.create(
            meeting=meeting, client=client, place=1, state="bad"
        ),
        "decisions": Decision.objects.create(
            meeting=meeting, client=client, choice="keep", text=f"{name} decision", **by
        ),
    }


def _promised(client: Client, staff: Staff, task: Task, name: str) -> dict[str, Model]:
    """A task, the promise that it was, and everything that can hang on that."""
    promise = led.PromiseFactory(client=client, owner=staff, task=task, text=f"{name} promise")
    return {
        "tasks": task,
        "promises": promise,
        "promise-events": led.PromiseEventFactory(promise=promise, actor=staff, actor_name=name),
        "findings": led.FindingFactory(promise=promise, event=None, kind="reopened"),
        "postponements": led.PostponementFactory(promise=promise, text=f"{name} wish"),
    }


def _task(project: Project, name: str) -> Task:
    section = Section.objects.create(project=project, gid=f"{project.gid}2", name=f"{name} section")
    task = Task.objects.create(
        connection=project.connection,
        gid=f"{project.gid}3",
        name=f"{name} task",
        due_on=date(2026, 11, 20),
        first_due_on=date(2026, 11, 18),
        content_hash="x",
        observed_at=MOMENT,
    )
    Membership.objects.create(task=task, project=project, section=section)
    return task


def _shared(cast: Cast, connection: AsanaConnection) -> dict[str, Model]:
    terms = c.ExpectationTermsFactory()
    version = t.ModuleVersionFactory(questions=1)
    return {
        "terms": terms,
        "terms-rules": c.TermsRuleFactory(terms=terms),
        "staff": cast.manager.staff,
        "departments": cast.department_a,
        "exchange-rates": c.ExchangeRateFactory(),
        "gross-margins": c.GrossMarginFactory(),
        "survey-waves": v.SurveyWaveFactory(),
        "csi-questions": v.CsiQuestionFactory(),
        "services": v.ServiceFactory(),
        "limits": Limit.objects.create(key="contact", starts_on=date(2026, 1, 1), value=9),
        "wall-links": WallLink.objects.create(
            title="Hall", token_hash="0", created_by=cast.leader.staff, created_at=MOMENT
        ),
        "segment-rules": v.SegmentRuleFactory(),
        "process-changes": v.ProcessChangeFactory(),
        "asana-users": AsanaUser.objects.create(
            connection=connection, gid="7", name="Robot", observed_at=MOMENT
        ),
        "sync-runs": SyncRun.objects.create(
            connection=connection, asked_at=MOMENT, finished_at=timezone.now() - timedelta(hours=1)
        ),
        "training-modules": version.module,
        "module-versions": version,
    }
