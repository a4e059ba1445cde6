from django.urls import path

from clients import views

app_name = "clients"
urlpatterns = [
    path("clients/<slug:slug>/contact/", views.LogContact.as_view(), name="log_contact"),
    path(
        "clients/<slug:slug>/contact/<int:pk>/undo/",
        views.take_back_contact,
        name="take_back_contact",
    ),
    path("clients/<slug:slug>/ask/", views.Ask.as_view(), name="ask"),
    path("clients/<slug:slug>/answers/<int:pk>/", views.Answer.as_view(), name="answer"),
    path("clients/<slug:slug>/goals/", views.AgreeGoal.as_view(), name="agree_goal"),
    path(
        "clients/<slug:slug>/answers/<int:pk>/go-ahead/",
        views.GoAhead.as_view(),
        name="go_ahead",
    ),
    path(
        "clients/<slug:slug>/goals/<int:pk>/readings/",
        views.AddReading.as_view(),
        name="add_reading",
    ),
]
