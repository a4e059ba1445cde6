"""The floor under every page: a bare Django view that reads 160 rows and renders them."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from clients.models import Client

ROWS = 160
COLUMNS = ("external_id", "name", "slug", "industry", "country", "time_zone", "status", "id")
TEMPLATE = Engine().from_string(
    "<!doctype html><title>Clients</title><table>{% for row in rows %}<tr>"
    + "".join(f"<td>{{{{ row.{column} }}}}</td>" for column in COLUMNS)
    + "</tr>{% endfor %}</table>"
)


def floor(request: HttpRequest) -> HttpResponse:
    return HttpResponse(TEMPLATE.render(Context({"rows": Client.objects.all()[:ROWS]})))


urlpatterns = [path("", floor)]
