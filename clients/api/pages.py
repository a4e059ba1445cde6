"""The page on which a person makes, looks at and revokes the keys of their programs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from clients.api.forms import TokenForm
from clients.api_tokens import make_token
from clients.models import ApiToken, User
from godview.access import get_visible_or_404


@login_required
@permission_required("clients.view_apitoken", raise_exception=True)
@never_cache
@require_http_methods(["GET", "POST"])
def api_tokens(request: HttpRequest) -> HttpResponse:
    """The words of a new key are in the answer to its form, and nowhere else ever again."""
    form = TokenForm(request.POST or None)
    words = ""
    if isinstance(request.user, User) and request.method == "POST" and form.is_valid():
        try:
            _, words = make_token(user=request.user, **form.cleaned_data)
            form = TokenForm()
        except ValidationError as error:
            form.add_error(None, error)
    tokens = ApiToken.objects.visible_to(request.user).select_related("user")
    context = {"form": form, "tokens": tokens, "words": words, "now": timezone.now()}
    return render(request, "clients/api_tokens.html", context, status=_status(form))


@login_required
@permission_required("clients.delete_apitoken", raise_exception=True)
@require_POST
def revoke_api_token(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_visible_or_404(ApiToken.objects.all(), request.user, pk=pk)
    name = token.name
    token.delete()
    messages.success(request, f"“{name}” is revoked: whatever used it is refused from now on.")
    return redirect("api_tokens")


def _status(form: TokenForm) -> int:
    return 422 if form.is_bound and form.errors else 200
