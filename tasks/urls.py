from django.urls import path

from tasks.views import asana, connect, goal_task, letters, mapping, oauth, share, webhooks
from tasks.views.experiments import ReadExperiment, StopExperiment
from tasks.views.help import AskHelp, GiveHelp
from tasks.views.risks import AnswerRisk, CloseRisk, TellRisk
from tasks.views.tactics import JudgeTactic, StartTactic

app_name = "tasks"
urlpatterns = [
    path("hooks/asana/<str:key>/", webhooks.asana, name="webhook"),
    path("settings/asana/", asana.asana, name="asana"),
    path("settings/asana/<int:pk>/disconnect/", asana.disconnect, name="disconnect"),
    path("settings/asana/<int:pk>/read/", asana.read, name="read"),
    path("settings/asana/<int:pk>/projects/", mapping.projects, name="map_projects"),
    path("settings/asana/<int:pk>/users/", mapping.users, name="map_users"),
    path("settings/asana/projects/<int:pk>/accept/", asana.accept, name="accept"),
    path("settings/asana/letters/<int:pk>/replay/", letters.replay, name="replay"),
    path("settings/asana/letters/<int:pk>/let-be/", letters.let_be, name="let_be"),
    path("settings/asana/runs/", asana.runs, name="runs"),
    path("settings/asana/runs/<int:pk>/", asana.progress, name="run"),
    path("connect/asana/", connect.start, name="connect"),
    path("connect/asana/token/", connect.token, name="connect_token"),
    path("connect/asana/allow/", oauth.ask, name="connect_ask"),
    path("connect/asana/callback/", oauth.callback, name="connect_callback"),
    path("connect/asana/workspace/", connect.workspace, name="connect_workspace"),
    path("connect/asana/over/", connect.start_over, name="connect_over"),
    path("connect/asana/list/", connect.list_again, name="connect_list"),
    path("connect/asana/projects/", connect.projects, name="connect_projects"),
    path("connect/asana/users/", connect.users, name="connect_users"),
    path("connect/asana/read/", connect.read, name="connect_read"),
    path("connect/asana/report/", connect.report, name="connect_report"),
    path("clients/<slug:slug>/share/", share.create, name="create_share"),
    path("clients/<slug:slug>/share/<int:pk>/revoke/", share.revoke, name="revoke_share"),
    path("clients/<slug:slug>/help/", AskHelp.as_view(), name="ask_help"),
    path("clients/<slug:slug>/help/<int:pk>/", GiveHelp.as_view(), name="give_help"),
    path("clients/<slug:slug>/risks/", TellRisk.as_view(), name="tell_risk"),
    path("clients/<slug:slug>/risks/<int:pk>/", AnswerRisk.as_view(), name="answer_risk"),
    path("clients/<slug:slug>/risks/<int:pk>/close/", CloseRisk.as_view(), name="close_risk"),
    path("weekly-goals/<int:pk>/task/", goal_task.goal_task, name="goal_task"),
    path("experiments/<int:pk>/readings/", ReadExperiment.as_view(), name="read_experiment"),
    path("experiments/<int:pk>/stop/", StopExperiment.as_view(), name="stop_experiment"),
    path("clients/<slug:slug>/tactics/", StartTactic.as_view(), name="start_tactic"),
    path("clients/<slug:slug>/tactics/<int:pk>/", JudgeTactic.as_view(), name="judge_tactic"),
]
