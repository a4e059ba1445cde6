"""The checklist of the first start, for leaders; others are told whom to ask."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from clients.models import DemoMark, SetupStep
from godview.access import for_leaders
from godview.demo.own_account import is_of_the_demo
from godview.welcome.steps import NAMES, checklist


@require_GET
@for_leaders
def welcome(request: HttpRequest) -> HttpResponse:
    context = {
        "checklist": checklist(timezone.localdate()),
        "demo": DemoMark.objects.first(),
        "is_of_the_demo": is_of_the_demo(request.user),
    }
    return render(request, "welcome/welcome.html", context)


@require_POST
@for_leaders
def settle(request: HttpRequest, name: str) -> HttpResponse:
    """A person says that a step is done or not needed here, or takes that back."""
    if name not in NAMES:
        raise Http404
    if request.POST.get("back"):
        SetupStep.objects.filter(name=name).delete()
    else:
        told = {"settled_by": request.user, "settled_at": timezone.now()}
        SetupStep.objects.get_or_create(name=name, defaults=told)
    return redirect("welcome")
