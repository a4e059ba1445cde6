from django.urls import path

from training import views

app_name = "training"
urlpatterns = [
    path("training/", views.modules, name="modules"),
    path("training/matrix/", views.matrix, name="matrix"),
    path("training/matrix.csv", views.matrix_as_csv, name="matrix_csv"),
    path("training/people/<slug:slug>/", views.person, name="person"),
    path("training/attempts/<int:pk>/", views.attempt, name="attempt"),
    path("training/<slug:slug>/", views.module, name="module"),
    path("training/<slug:slug>/start/", views.start, name="start"),
]
