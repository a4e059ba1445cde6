from django.urls import path

from metrics.views.clients import clients
from metrics.views.today import today

urlpatterns = [
    path("", today, name="today"),
    path("clients/", clients, name="clients"),
]
