from django.urls import path

from godview.demo import views as demo
from godview.welcome import views

urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("demo/", demo.remove, name="remove_demo"),
    path("demo/own-account/", demo.own_account, name="own_account"),
    path("<slug:name>/settle/", views.settle, name="settle_step"),
]
