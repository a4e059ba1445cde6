from django.urls import path

from tasks.views.tactics import JudgeTactic, StartTactic

app_name = "tasks"
urlpatterns = [
    path("clients/<slug:slug>/tactics/", StartTactic.as_view(), name="start_tactic"),
    path("clients/<slug:slug>/tactics/<int:pk>/", JudgeTactic.as_view(), name="judge_tactic"),
]
