from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class GodViewConfig(AppConfig):
    name = "godview"

    def ready(self) -> None:
        # Here and not in __init__.py, or every formula would load Celery and Django.
        from godview import celery  # noqa: F401
        from godview.lean import keep_numpy_out_of_openpyxl

        keep_numpy_out_of_openpyxl()


class GodViewAdminConfig(AdminConfig):
    default_site = "godview.admin.GodViewAdminSite"
