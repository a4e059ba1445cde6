"""The clients of a pod or a person as rows: how each stands, the worst first."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from godview.templatetags.display import counted, in_a_row
from metrics.charts.client_map import ORDER
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A client, and where its name and its manager's lead."""

    line: Line
    url: str
    manager_url: str


def client_lines(lines: Iterable[Line], onward: Onward) -> list[ClientLine]:
    return [_client_line(line, onward) for line in sorted(lines, key=_worst_first)]


def _client_line(line: Line, onward: Onward) -> ClientLine:
    who = line.who
    is_managed = who.manager_id is not None and who.manager_slug is not None
    return ClientLine(
        line=line,
        url=onward.to("client", who.slug),
        manager_url=onward.person(who.manager_id, who.manager_slug) if is_managed else "",  # type: ignore[arg-type]
    )


def _worst_first(line: Line) -> tuple[int, float, str]:
    ratio = line.pace.ratio if line.pace and line.pace.ratio is not None else 9.0
    return (min(ORDER[line.pace_state], ORDER[line.contact_state]), ratio, line.who.name)


def in_a_sentence(lines: Iterable[Line]) -> str:
    """How many of these clients need a look, and why."""
    known = list(lines)
    if not known:
        return ""
    off = sum(line.pace_state == "bad" for line in known)
    silent = sum(line.contact_state == "bad" for line in known)
    told = []
    if off:
        told.append(_("%(off)s off pace") % {"off": counted(off, "client")})
    if silent:
        told.append(
            _("%(silent)s over the contact standard") % {"silent": counted(silent, "client")}
        )
    if not told:
        return _("No client is off pace or over the contact standard.")
    return f"{in_a_row(told).capitalize()}."
