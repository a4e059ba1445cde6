"""What can be done to many clients at once, each by its deed, with a report of who was left out."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from clients.assignments import assign
from clients.engagements import end_engagement
from clients.models import Client, Pod, Staff
from godview.access import Role
from godview.templatetags.display import counted


class AssignForm(forms.Form):
    pod = forms.ModelChoiceField(Pod.objects.none(), required=False, empty_label="as it is")
    account_manager = forms.ModelChoiceField(
        Staff.objects.none(), required=False, empty_label="as it is"
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        managers = Staff.objects.working_on(timezone.localdate()).with_role(Role.ACCOUNT_MANAGER)
        self.fields["pod"].queryset = Pod.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["account_manager"].queryset = managers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        if not any(chosen.values()):
            raise ValidationError("Choose a pod, an account manager or both.")
        return chosen


@admin.action(description="Hand over to a pod or manager …", permissions=["change"])
def hand_over(
    modeladmin: Any, request: HttpRequest, queryset: QuerySet[Client]
) -> HttpResponse | None:
    form = AssignForm(request.user, request.POST if "hand_over" in request.POST else None)
    if form.is_valid():
        carry_out(
            request,
            queryset,
            lambda client: assign(client=client, on=timezone.localdate(), **form.cleaned_data),
            done="handed over",
        )
        return None
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": f"Hand over {counted(queryset.count(), 'client')} from today",
        "opts": modeladmin.opts,
        "form": form,
        "rows": queryset,
        "action": "hand_over",
    }
    return TemplateResponse(request, "admin/hand_over.html", context)


@admin.action(description="End the engagement today", permissions=["end"])
def end_today(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Client]) -> None:
    today = timezone.localdate()
    carry_out(
        request, queryset, lambda client: end_engagement(client=client, on=today), done="ended"
    )


def carry_out(request: HttpRequest, rows: Any, deed: Any, done: str) -> None:
    """Do it row by row; one that is refused leaves the others done, and its reason is said."""
    count = 0
    for row in rows:
        try:
            deed(row)
            count += 1
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
    if count:
        messages.success(request, f"{count} {done}.")
