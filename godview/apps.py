from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class GodViewConfig(AppConfig):
    name = "godview"

    def ready(self) -> None:
        # Here and not in __init__.py, or every formula would load Celery and Django.
        from django.contrib.auth.signals import user_logged_in

        from godview import celery  # noqa: F401
        from godview.lean import keep_numpy_out_of_openpyxl
        from godview.sessions import begin

        keep_numpy_out_of_openpyxl()
        user_logged_in.connect(begin)


class GodViewAdminConfig(AdminConfig):
    default_site = "godview.admin.GodViewAdminSite"
