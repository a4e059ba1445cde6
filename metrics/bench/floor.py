"""The floor under every page: a bare Django view that reads 160 rows and renders them."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from clients.models import Client

ROWS = 160
COLUMNS = ("external_id", "name", "slug", "industry", "country", "status")
TEMPLATE = Engine().from_string(
    "<!doctype html><title>Clients</title><table>"
    "{% for id, name, slug, industry, country, status in rows %}"
    "<tr><td>{{ id }}<td><a href='/{{ slug }}/'>{{ name }}</a>"
    "<td>{{ industry }}<td>{{ country }}<td>{{ status }}{% endfor %}</table>"
)


def floor(request: HttpRequest) -> HttpResponse:
    rows = list(Client.objects.order_by("name").values_list(*COLUMNS)[:ROWS])
    return HttpResponse(TEMPLATE.render(Context({"rows": rows})))


urlpatterns = [path("", floor)]
