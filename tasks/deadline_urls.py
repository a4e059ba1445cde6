from django.urls import path

from tasks.views import promise
from tasks.views.deadlines import deadlines

urlpatterns = [
    path("", deadlines, name="deadlines"),
    path("<int:pk>/", promise.promise, name="promise"),
    path("<int:pk>/postpone/", promise.postpone, name="postpone"),
    path("<int:pk>/change/", promise.change, name="change_terms"),
    path("requests/<int:pk>/approve/", promise.approve, name="approve_postponement"),
    path("requests/<int:pk>/refuse/", promise.refuse, name="refuse_postponement"),
    path("findings/<int:pk>/confirm/", promise.confirm, name="confirm_finding"),
    path("findings/<int:pk>/dismiss/", promise.dismiss, name="dismiss_finding"),
]
