from django.urls import path

from godview.importing import views

urlpatterns = [
    path("", views.start, name="import"),
    path("examples/<slug:name>.csv", views.example, name="import_example"),
    path("<uuid:pk>/", views.preview, name="import_preview"),
    path("<uuid:pk>/columns/", views.columns, name="import_columns"),
    path("<uuid:pk>/undo/", views.take_back, name="import_undo"),
    path("<uuid:pk>/errors.csv", views.errors, name="import_errors"),
]
