from django.urls import path

from tasks.views.task import task

urlpatterns = [path("<int:pk>/", task, name="task")]
