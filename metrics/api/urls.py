from django.urls import path

from metrics.api.views import Metrics, OneMetric, Series

urlpatterns = [
    path("", Metrics.as_view(), name="metrics-list"),
    path("<slug:key>/", OneMetric.as_view(), name="metrics-detail"),
    path("<slug:key>/series/", Series.as_view(), name="metrics-series"),
]
