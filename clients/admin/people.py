from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from clients import models
from clients.admin.actions import carry_out
from clients.employment import end_employment
from clients.importing.departments import DepartmentRows
from clients.importing.pods import PodMemberRows, PodRows
from clients.importing.staff import StaffRows
from clients.models.pod import composition_warning
from clients.sign_ins import follow_employment, invite
from godview.access import Role
from godview.scoped_admin import HistoryAdmin, ScopedInline

admin.site.unregister(Group)  # what a person may do follows from their role


class StaffForm(forms.ModelForm[models.Staff]):
    invited = forms.BooleanField(
        required=False,
        label="Send an invitation to sign in",
        help_text="By e-mail, with a link to choose a password.",
    )

    class Meta:
        model = models.Staff
        fields = (
            "external_id",
            "name",
            "slug",
            "email",
            "role",
            "department",
            "started_on",
            "ended_on",
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("invited") and not said.get("email"):
            raise ValidationError({"email": "An invitation needs an e-mail address."})
        return said


@admin.action(description="Invite to sign in", permissions=["change"])
def invite_to_sign_in(modeladmin: Any, request: HttpRequest, queryset: Any) -> None:
    site, today = request.build_absolute_uri("/"), timezone.localdate()
    carry_out(request, queryset, lambda s: invite(staff=s, site=site, today=today), "invited")


@admin.action(description="End employment today", permissions=["change"])
def end_employment_today(modeladmin: Any, request: HttpRequest, queryset: Any) -> None:
    today = timezone.localdate()
    carry_out(request, queryset, lambda s: end_employment(staff=s, on=today, today=today), "ended")


class MembershipOfStaffInline(ScopedInline):
    model = models.PodMembership
    autocomplete_fields = ("pod",)


@admin.register(models.Staff)
class StaffAdmin(HistoryAdmin):
    form = StaffForm
    list_display = ("name", "role", "department", "email", "signs_in", "started_on", "ended_on")
    list_filter = ("role", "department", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("department", "user")
    search_fields = ("name", "email", "external_id")
    date_hierarchy = "started_on"
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MembershipOfStaffInline,)
    actions = (invite_to_sign_in, end_employment_today)
    resource_classes = [StaffRows]
    import_kind = "staff"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        today = timezone.localdate()
        if follow_employment(staff=obj, today=today):
            messages.info(request, f"{obj} cannot sign in any more.")
        if form.cleaned_data.get("invited"):
            invite_one = lambda staff: invite(  # noqa: E731
                staff=staff, site=request.build_absolute_uri("/"), today=today
            )
            carry_out(request, [obj], invite_one, "invited")

    @admin.display(boolean=True, description="signs in")
    def signs_in(self, staff: models.Staff) -> bool:
        return staff.user is not None and staff.user.is_active


@admin.register(models.Department)
class DepartmentAdmin(HistoryAdmin):
    list_display = ("name", "director")
    list_select_related = ("director",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("director",)
    resource_classes = [DepartmentRows]
    import_kind = "departments"


class MembershipOfPodInline(ScopedInline):
    model = models.PodMembership
    autocomplete_fields = ("staff",)


@admin.register(models.Pod)
class PodAdmin(HistoryAdmin):
    list_display = ("name", "department", "composition")
    list_filter = ("department",)
    list_select_related = ("department",)
    search_fields = ("name", "external_id")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MembershipOfPodInline,)
    resource_classes = [PodRows]
    import_kind = "pods"

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.Pod]:
        return super().get_queryset(request).prefetch_related("memberships__staff")

    @admin.display(description="team")
    def composition(self, pod: models.Pod) -> str:
        """From the rows already fetched: a query for each pod would make the list slow."""
        today = timezone.localdate()
        here = [
            row.staff.role
            for row in pod.memberships.all()
            if (row.started_on is None or row.started_on <= today)
            and (row.ended_on is None or today < row.ended_on)
        ]
        warning = composition_warning(here.count(Role.ACCOUNT_MANAGER), here.count(Role.DESIGNER))
        return warning or "as it should be"


@admin.register(models.PodMembership)
class PodMembershipAdmin(HistoryAdmin):
    list_display = ("pod", "staff", "started_on", "ended_on")
    list_filter = ("pod", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("pod", "staff")
    search_fields = ("pod__name", "staff__name")
    date_hierarchy = "started_on"
    autocomplete_fields = ("pod", "staff")
    resource_classes = [PodMemberRows]
    import_kind = "pod_members"


class NewUserForm(AdminUserCreationForm[models.User]):
    class Meta:
        model = models.User
        fields = ("email",)
        field_classes: dict[str, Any] = {}


class ChangedUserForm(UserChangeForm[models.User]):
    class Meta:
        model = models.User
        fields = "__all__"
        field_classes: dict[str, Any] = {}


@admin.register(models.User)
class UserAdmin(DjangoUserAdmin[models.User]):
    """Sign-ins, for administrators. What somebody sees follows from their staff row."""

    form = ChangedUserForm
    add_form = NewUserForm
    ordering = ("email",)
    list_display = ("email", "staff", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    list_select_related = ("staff",)
    search_fields = ("email", "first_name", "last_name", "staff__name")
    date_hierarchy = "date_joined"
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "password", "first_name", "last_name")}),
        ("What they may", {"fields": ("is_active", "is_superuser")}),
        ("When", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)
