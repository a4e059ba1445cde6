from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from godview.access import may_open_admin


class GodViewAdminSite(AdminSite):
    """Django's own admin, for those who run the agency. One signs in where everybody does."""

    site_header = "God View"
    site_title = "God View"
    index_title = "Run the agency"
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        return may_open_admin(request.user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        onward = self._onward(request)
        if self.has_permission(request):
            return redirect(onward)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(onward)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        logout(request)
        return redirect("account_login")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        return redirect("account_change_password")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Without "view on site": it would tell the address of any row to anybody."""
        urls = super().get_urls()
        return [url for url in urls if getattr(url, "name", None) != "view_on_site"]

    def _onward(self, request: HttpRequest) -> str:
        onward = request.GET.get("next", "")
        safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure())
        return onward if safe else reverse("admin:index")
