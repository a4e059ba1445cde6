"""The work over HTTP. What is mirrored from Asana is read; promises are written by their deeds."""

from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from godview.access import staff_of
from godview.rest.viewsets import AddableRows, EditableRows, Rows
from tasks import goal_tasks, models, tactics, weekly_goals
from tasks.api import filters, serializers
from tasks.goal_task_states import state_of
from tasks.models import MatchedBy
from tasks.versions import locked
from tasks.views.reading import send_soon
from tasks.week_notes import write_note


class ProjectViewSet(mixins.UpdateModelMixin, Rows[models.Project]):
    queryset = models.Project.objects.all()
    serializer_class = serializers.ProjectSerializer
    filterset_class = filters.ProjectFilters

    def perform_update(self, serializer: BaseSerializer[models.Project]) -> None:
        serializer.save(matched_by=MatchedBy.PERSON)


class AsanaUserViewSet(mixins.UpdateModelMixin, Rows[models.AsanaUser]):
    queryset = models.AsanaUser.objects.all()
    serializer_class = serializers.AsanaUserSerializer
    filterset_class = filters.AsanaUserFilters

    def perform_update(self, serializer: BaseSerializer[models.AsanaUser]) -> None:
        serializer.save(matched_by=MatchedBy.PERSON)


class TaskViewSet(Rows[models.Task]):
    queryset = models.Task.objects.all()
    serializer_class = serializers.TaskSerializer
    filterset_class = filters.TaskFilters

    def get_queryset(self) -> QuerySet[models.Task]:
        seen = models.Membership.objects.visible_to(self.request.user)
        return (
            super()
            .get_queryset()
            .prefetch_related(Prefetch("memberships", queryset=seen, to_attr="seen_memberships"))
        )


class WeeklyGoalViewSet(EditableRows[models.WeeklyGoal]):
    """Goals of a week. Once it is locked their words are fixed; they can only be marked."""

    queryset = models.WeeklyGoal.objects.all()
    serializer_class = serializers.WeeklyGoalSerializer
    filterset_class = filters.WeeklyGoalFilters
    deeds = {"task": "change"}

    def added(self, **fields: Any) -> models.WeeklyGoal:
        fields.pop("status", None)
        return weekly_goals.add(**fields, now=timezone.now())

    @transaction.atomic
    def perform_update(self, serializer: BaseSerializer[models.WeeklyGoal]) -> None:
        # As it is now: what is left away stays as somebody has just typed it.
        goal = locked(self.get_object(), None)
        said, now = serializer.validated_data, timezone.now()
        words = {
            name: said.get(name, getattr(goal, name)) for name in ("text", "client_goal", "note")
        }
        if any(value != getattr(goal, name) for name, value in words.items()):
            goal = weekly_goals.edit(goal=goal, now=now, **words)
        if said.get("status", goal.status) != goal.status:
            goal = weekly_goals.mark(goal=goal, status=said["status"], now=now)
        serializer.instance = goal

    def perform_destroy(self, instance: models.WeeklyGoal) -> None:
        """Gone before the lock; after it, the goal stays as withdrawn and still counts."""
        weekly_goals.withdraw(goal=instance, now=timezone.now())

    @extend_schema(
        request=serializers.GoalTaskAskedSerializer, responses=serializers.GoalTaskSerializer
    )
    @action(detail=True, methods=["post"])
    def task(self, request: Request, pk: str) -> Response:
        """Make its task in a project of the client, or choose one that is there.

        What is made is pending until Asana has confirmed it: ask for the goal's `task` then.
        """
        goal = self.get_object()
        form = serializers.GoalTaskAskedSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        by, now = staff_of(request.user), timezone.now()
        if project := form.validated_data.get("project"):
            send_soon(goal_tasks.make(goal=goal, project_id=project, by=by, now=now))
        else:
            goal_tasks.adopt(goal=goal, task_id=form.validated_data["task"], now=now)
        goal.refresh_from_db()
        return Response(serializers.GoalTaskSerializer(state_of(goal)).data)


class WeekNoteViewSet(mixins.UpdateModelMixin, AddableRows[models.WeekNote]):
    queryset = models.WeekNote.objects.all()
    serializer_class = serializers.WeekNoteSerializer
    filterset_class = filters.WeekNoteFilters

    def added(self, **fields: Any) -> models.WeekNote:
        return write_note(**fields, staff=staff_of(self.request.user), now=timezone.now())

    def perform_update(self, serializer: BaseSerializer[models.WeekNote]) -> None:
        note = self.get_object()
        serializer.instance = write_note(
            client=note.client,
            week_starts_on=note.week_starts_on,
            text=serializer.validated_data.get("text", note.text),
            staff=staff_of(self.request.user),
            now=timezone.now(),
        )


class TacticViewSet(EditableRows[models.Tactic]):
    queryset = models.Tactic.objects.all()
    serializer_class = serializers.TacticSerializer
    filterset_class = filters.TacticFilters
    deeds = {"judge": "change"}

    def added(self, **fields: Any) -> models.Tactic:
        fields.setdefault("manager", staff_of(self.request.user))
        return tactics.start(**fields, today=timezone.localdate())

    @extend_schema(request=serializers.VerdictSerializer, responses=serializers.TacticSerializer)
    @action(detail=True, methods=["post"])
    def judge(self, request: Request, pk: str) -> Response:
        """Say how a tactic ended. A verdict is final."""
        tactic = self.get_object()
        form = serializers.VerdictSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        judged = tactics.judge(tactic=tactic, today=timezone.localdate(), **form.validated_data)
        return Response(self.get_serializer(judged).data)


class SyncRunViewSet(Rows[models.SyncRun]):
    queryset = models.SyncRun.objects.all()
    serializer_class = serializers.SyncRunSerializer
    filterset_class = filters.SyncRunFilters
