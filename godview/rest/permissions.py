from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

ACTIONS = {"POST": "add", "PUT": "change", "PATCH": "change", "DELETE": "delete"}


class RoleAllows(BasePermission):
    """The roles of `rules.py`, asked for the model of the view. Whose rows: the queryset's matter.

    A view that has no model is open to whoever has a role. `deeds` of a view names what an extra
    action asks for, as in `{"answer": "change"}`.
    """

    message = "Your role does not allow this."

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        if not user or not user.is_authenticated:
            return False
        queryset = getattr(view, "queryset", None)
        if queryset is None:
            return bool(user.has_perm("clients.view_client"))
        action = ACTIONS.get(request.method or "", "view")
        action = getattr(view, "deeds", {}).get(getattr(view, "action", None), action)
        options = queryset.model._meta
        return bool(user.has_perm(f"{options.app_label}.{action}_{options.model_name}"))
