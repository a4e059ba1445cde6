"""The addresses of My week: the grid, and where its small forms go."""

from django.urls import path

from metrics.views.week import week
from metrics.views.week_forms import (
    add_goal,
    edit_goal,
    give_reason,
    log_contact,
    mark_goal,
    plan_goal,
    promise_week,
    set_light,
    withdraw_goal,
    write_note,
)
from metrics.views.week_summary import week_summary

urlpatterns = [
    path("", week, name="week"),
    path("summary/", week_summary, name="week_summary"),
    path("promise/", promise_week, name="promise_week"),
    path("goals/<int:pk>/", edit_goal, name="edit_week_goal"),
    path("goals/<int:pk>/<int:version>/mark/", mark_goal, name="mark_week_goal"),
    path("goals/<int:pk>/plan/", plan_goal, name="plan_week_goal"),
    path("goals/<int:pk>/reason/", give_reason, name="give_week_reason"),
    path("goals/<int:pk>/withdraw/", withdraw_goal, name="withdraw_week_goal"),
    path("clients/<slug:slug>/goals/", add_goal, name="add_week_goal"),
    path("clients/<slug:slug>/note/", write_note, name="write_week_note"),
    path("clients/<slug:slug>/light/", set_light, name="set_week_light"),
    path("clients/<slug:slug>/contact/", log_contact, name="log_week_contact"),
]
