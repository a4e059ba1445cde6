"""The REST API: every noun under one address, its schema, and its documentation."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.routers import DefaultRouter
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSetMixin

from clients.api import answers, lights, offers, spending, surveys, words
from clients.api import viewsets as clients
from metrics.api.attention import AttentionViewSet, LimitViewSet
from metrics.api.experiments import JudgedExperimentViewSet
from metrics.api.wall_links import WallLinkViewSet
from tasks.api import experiment_viewsets as experiments
from tasks.api import ledger_viewsets as ledger
from tasks.api import meetings
from tasks.api import viewsets as tasks
from training.api import viewsets as training

NOUNS: dict[str, type[ViewSetMixin]] = {
    "clients": clients.ClientViewSet,
    "engagements": clients.EngagementViewSet,
    "fees": clients.FeeViewSet,
    "pauses": clients.PauseViewSet,
    "assignments": clients.AssignmentViewSet,
    "contacts": clients.ContactViewSet,
    "touchpoints": clients.TouchpointViewSet,
    "terms": clients.TermsViewSet,
    "terms-rules": clients.TermsRuleViewSet,
    "agreements": clients.AgreementViewSet,
    "obligations": clients.ObligationViewSet,
    "client-goals": clients.ClientGoalViewSet,
    "goal-readings": clients.GoalReadingViewSet,
    "pivots": clients.PivotViewSet,
    "pods": clients.PodViewSet,
    "pod-memberships": clients.PodMembershipViewSet,
    "staff": clients.StaffViewSet,
    "departments": clients.DepartmentViewSet,
    "exchange-rates": clients.ExchangeRateViewSet,
    "gross-margins": clients.GrossMarginViewSet,
    "survey-waves": surveys.SurveyWaveViewSet,
    "csi-questions": surveys.CsiQuestionViewSet,
    "survey-requests": surveys.SurveyRequestViewSet,
    "nps-answers": answers.NpsAnswerViewSet,
    "csi-answers": answers.CsiAnswerViewSet,
    "traffic-lights": lights.TrafficLightViewSet,
    "capacities": spending.CapacityViewSet,
    "costs": spending.CostViewSet,
    "invoices": spending.InvoiceViewSet,
    "services": offers.ServiceViewSet,
    "refusals": offers.RefusalViewSet,
    "segment-rules": words.SegmentRuleViewSet,
    "process-changes": words.ProcessChangeViewSet,
    "tasks": tasks.TaskViewSet,
    "projects": tasks.ProjectViewSet,
    "asana-users": tasks.AsanaUserViewSet,
    "weekly-goals": tasks.WeeklyGoalViewSet,
    "week-notes": tasks.WeekNoteViewSet,
    "tactics": tasks.TacticViewSet,
    "experiments": JudgedExperimentViewSet,
    "experiment-arms": experiments.ExperimentArmViewSet,
    "arm-readings": experiments.ArmReadingViewSet,
    "promises": ledger.PromiseViewSet,
    "promise-events": ledger.PromiseEventViewSet,
    "findings": ledger.FindingViewSet,
    "postponements": ledger.PostponementViewSet,
    "help-requests": ledger.HelpRequestViewSet,
    "risks": ledger.RiskViewSet,
    "meetings": meetings.MeetingViewSet,
    "meeting-turns": meetings.MeetingTurnViewSet,
    "decisions": meetings.DecisionViewSet,
    "sync-runs": tasks.SyncRunViewSet,
    "attention": AttentionViewSet,
    "limits": LimitViewSet,
    "wall-links": WallLinkViewSet,
    "training-modules": training.TrainingModuleViewSet,
    "module-versions": training.ModuleVersionViewSet,
    "attempts": training.AttemptViewSet,
    "completions": training.CompletionViewSet,
}

router = DefaultRouter()
router.include_format_suffixes = False
for address, viewset in NOUNS.items():
    router.register(address, viewset, basename=address)


class NoSuchAddress(APIView):
    """Says 404 as the rest of the API does, in JSON."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound


documentation = SpectacularSwaggerSplitView.as_view(url_name="schema")

urlpatterns = [
    path("v1/metrics/", include("metrics.api.urls")),
    path("v1/", include(router.urls)),
    re_path(r"^v1/(?:[^/]*/)*$", NoSuchAddress.as_view(), name="no-such-address"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", login_required(documentation), name="api-docs"),
]
