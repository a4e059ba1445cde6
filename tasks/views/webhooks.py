"""Where Asana calls us. No sign-in: the address is a secret, and every delivery is signed."""

from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tasks import webhooks
from tasks.models import Webhook

LARGEST_BODY = 4 * 1024 * 1024


@csrf_exempt
@require_POST
def asana(request: HttpRequest, key: str) -> HttpResponse:
    webhook = Webhook.objects.filter(key=key).first()
    if webhook is None:
        return HttpResponse(status=404)
    secret = request.headers.get("X-Hook-Secret")
    if secret is not None:
        if not webhooks.shake_hands(webhook, secret, timezone.now()):
            return HttpResponse(status=403)
        return HttpResponse(status=200, headers={"X-Hook-Secret": secret})
    if webhook.state == Webhook.State.GONE:
        return HttpResponse(status=410)
    if _length(request) > LARGEST_BODY:
        return HttpResponse(status=413)
    try:
        body = request.body
    except (UnreadablePostError, RawPostDataException):
        return HttpResponse(status=400)
    if not webhooks.is_signed(webhook, body, request.headers.get("X-Hook-Signature", "")):
        return HttpResponse(status=401)
    webhooks.receive(webhook, body, timezone.now())
    return HttpResponse(status=200)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.headers.get("Content-Length") or 0)
    except ValueError:
        return LARGEST_BODY + 1
