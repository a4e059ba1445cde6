from django.urls import path

from tasks.views import asana, letters, mapping, webhooks
from tasks.views.help import AskHelp, GiveHelp
from tasks.views.tactics import JudgeTactic, StartTactic

app_name = "tasks"
urlpatterns = [
    path("hooks/asana/<str:key>/", webhooks.asana, name="webhook"),
    path("settings/asana/", asana.asana, name="asana"),
    path("settings/asana/connect/", asana.connect, name="connect"),
    path("settings/asana/<int:pk>/read/", asana.read, name="read"),
    path("settings/asana/<int:pk>/projects/", mapping.projects, name="map_projects"),
    path("settings/asana/<int:pk>/users/", mapping.users, name="map_users"),
    path("settings/asana/projects/<int:pk>/accept/", asana.accept, name="accept"),
    path("settings/asana/letters/<int:pk>/replay/", letters.replay, name="replay"),
    path("settings/asana/letters/<int:pk>/let-be/", letters.let_be, name="let_be"),
    path("settings/asana/runs/", asana.runs, name="runs"),
    path("settings/asana/runs/<int:pk>/", asana.progress, name="run"),
    path("clients/<slug:slug>/help/", AskHelp.as_view(), name="ask_help"),
    path("clients/<slug:slug>/help/<int:pk>/", GiveHelp.as_view(), name="give_help"),
    path("clients/<slug:slug>/tactics/", StartTactic.as_view(), name="start_tactic"),
    path("clients/<slug:slug>/tactics/<int:pk>/", JudgeTactic.as_view(), name="judge_tactic"),
]
