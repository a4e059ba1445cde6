from django.urls import path

from metrics.api.views import Metrics, OneMetric

urlpatterns = [
    path("", Metrics.as_view(), name="metrics-list"),
    path("<slug:key>/", OneMetric.as_view(), name="metrics-detail"),
]
