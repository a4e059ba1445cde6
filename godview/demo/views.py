"""The page that removes the demo agency: what goes, what stays, and one button. For leaders."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from clients.models import Client, DemoMark, Staff, User
from godview.access import for_leaders, staff_of
from godview.demo.belongings import Belongings
from godview.demo.own_account import OwnAccountForm, is_of_the_demo, make_first_leader
from godview.demo.removing import remove_demo
from godview.templatetags.display import number
from tasks.models import AsanaConnection, Promise, Task

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "POST"])
@for_leaders
def remove(request: HttpRequest) -> HttpResponse:
    """What would go and stay; with POST it goes, unless the demo's login is all that one has."""
    mark = DemoMark.objects.first()
    if mark is None:
        return redirect("welcome")
    if request.method == "POST" and not is_of_the_demo(request.user):
        count = remove_demo(by=staff_of(request.user))
        words = ngettext(
            "The demo is gone: %(count)s row was removed.",
            "The demo is gone: %(count)s rows were removed.",
            count,
        )
        messages.success(request, words % {"count": number(count)})
        return redirect("welcome")
    form = OwnAccountForm() if is_of_the_demo(request.user) else None
    return _page(request, mark, form)


@require_POST
@for_leaders
def own_account(request: HttpRequest) -> HttpResponse:
    """A leader of the agency's own, who is signed in at once."""
    mark = DemoMark.objects.first()
    if mark is None or not is_of_the_demo(request.user):
        return redirect("remove_demo")
    form = OwnAccountForm(request.POST)
    if not form.is_valid():
        return _page(request, mark, form)
    user = make_first_leader(**form.cleaned_data, today=timezone.localdate())
    login(request, user, backend=BACKEND)
    return redirect("remove_demo")


def _page(request: HttpRequest, mark: DemoMark, form: OwnAccountForm | None) -> HttpResponse:
    found = Belongings(mark, has_heir=True).find()
    context = {
        "form": form,
        "found": found,
        "clients": (found.count(Client), found.staying(Client)),
        "people": (found.count(Staff), found.staying(Staff)),
        "logins": (found.count(User), found.staying(User)),
        "tasks": (found.count(Task), found.staying(Task)),
        "promises": (found.count(Promise), found.staying(Promise)),
        "connections": (found.count(AsanaConnection), found.staying(AsanaConnection)),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "welcome/remove_demo.html", context, status=status)
