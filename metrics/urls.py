from django.urls import include, path

from metrics.views.attention import Assign, Close, Snooze, attention, reopen, undo_case
from metrics.views.client import client
from metrics.views.client_rows import client_contacts, client_tasks
from metrics.views.client_summary import summary
from metrics.views.clients import clients
from metrics.views.coaching import coaching, plan_coaching, review_coaching
from metrics.views.departments import department, departments
from metrics.views.experiments import experiment, experiments
from metrics.views.goal import goal
from metrics.views.judge import attention_judge
from metrics.views.limits import limits
from metrics.views.money import money
from metrics.views.people import people, person
from metrics.views.pivots import DecidePivot, JudgePivot
from metrics.views.planning import PlanExperiment
from metrics.views.pods import pod, pods
from metrics.views.search import search
from metrics.views.segments import score_capacity, segment_rules, segments
from metrics.views.share import share
from metrics.views.surveys import (
    add_question,
    ask_everybody,
    ask_person,
    record_answer,
    survey_round,
    surveys,
)
from metrics.views.survival import survival, survival_forecast
from metrics.views.tactics import tactics
from metrics.views.today import changes, today
from metrics.views.wall import revoke_wall, wall_screen, wall_settings
from metrics.views.weeks import weeks
from metrics.views.why import why
from metrics.views.winback import add_refusal, edit_refusal, winback

urlpatterns = [
    path("week/", include("metrics.week_urls")),
    path("share/<str:token>/", share, name="share"),
    path("", today, name="today"),
    path("today/changes/", changes, name="changes"),
    path("attention/", attention, name="attention"),
    path("attention/judge/", attention_judge, name="attention_judge"),
    path("attention/<slug:slug>/assign/", Assign.as_view(), name="assign_case"),
    path("attention/<slug:slug>/snooze/", Snooze.as_view(), name="snooze_case"),
    path("attention/<slug:slug>/close/", Close.as_view(), name="close_case"),
    path("attention/<slug:slug>/reopen/", reopen, name="reopen_case"),
    path("attention/<slug:slug>/undo/", undo_case, name="undo_case"),
    path("coaching/", coaching, name="coaching"),
    path("coaching/plans/", plan_coaching, name="plan_coaching"),
    path("coaching/plans/<int:pk>/", review_coaching, name="review_coaching"),
    path("search/", search, name="search"),
    path("settings/limits/", limits, name="limits"),
    path("settings/wall/", wall_settings, name="wall_settings"),
    path("settings/wall/<int:pk>/revoke/", revoke_wall, name="revoke_wall"),
    path("wall/<str:token>/", wall_screen, name="wall"),
    path("clients/", clients, name="clients"),
    path("clients/<slug:slug>/", client, name="client"),
    path("clients/<slug:slug>/summary.pdf", summary, name="client_summary"),
    path("clients/<slug:slug>/contacts/", client_contacts, name="client_contacts"),
    path("clients/<slug:slug>/tasks/", client_tasks, name="client_tasks"),
    path("clients/<slug:slug>/goals/<int:pk>/", goal, name="goal"),
    path("clients/<slug:slug>/goals/<int:pk>/pivot/", DecidePivot.as_view(), name="decide_pivot"),
    path("clients/<slug:slug>/pivots/<int:pk>/", JudgePivot.as_view(), name="judge_pivot"),
    path("goals/", weeks, name="goals"),
    path("pods/", pods, name="pods"),
    path("pods/<slug:slug>/", pod, name="pod"),
    path("people/", people, name="people"),
    path("people/<slug:slug>/", person, name="person"),
    path("departments/", departments, name="departments"),
    path("departments/<slug:slug>/", department, name="department"),
    path("meetings/", include("metrics.meeting_urls")),
    path("money/", money, name="money"),
    path("segments/", segments, name="segments"),
    path("segments/rules/", segment_rules, name="segment_rules"),
    path("segments/capacity/", score_capacity, name="score_capacity"),
    path("surveys/", surveys, name="surveys"),
    path("surveys/<int:pk>/", survey_round, name="survey_round"),
    path("surveys/<int:pk>/ask/", ask_person, name="ask_person"),
    path("surveys/<int:pk>/ask-all/", ask_everybody, name="ask_everybody"),
    path("surveys/<int:pk>/questions/", add_question, name="add_survey_question"),
    path("surveys/answers/<int:pk>/", record_answer, name="record_answer"),
    path("survival/", survival, name="survival"),
    path("survival/forecast/", survival_forecast, name="survival_forecast"),
    path("winback/", winback, name="winback"),
    path("winback/add/", add_refusal, name="add_refusal"),
    path("winback/<int:pk>/", edit_refusal, name="edit_refusal"),
    path("experiments/", experiments, name="experiments"),
    path("experiments/new/", PlanExperiment.as_view(), name="plan_experiment"),
    path("experiments/<int:pk>/", experiment, name="experiment"),
    path("tactics/", tactics, name="tactics"),
    path("why/<slug:key>/", why, name="why"),
]
