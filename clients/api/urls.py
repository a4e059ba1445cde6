from django.urls import path

from clients.api import pages

urlpatterns = [
    path("", pages.api_tokens, name="api_tokens"),
    path("<int:pk>/revoke/", pages.revoke_api_token, name="revoke_api_token"),
]
