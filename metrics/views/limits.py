"""Where each rule alarms: seen by leaders, tried out before it is saved."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from godview.access import for_leaders, staff_of
from metrics.attention import RULES, Case, Rule
from metrics.dashboards.cases import all_cases
from metrics.dashboards.portfolio import all_lines
from metrics.limits import check_limit, set_limits
from metrics.models import Limit
from metrics.queries.limits import limits_on
from metrics.queries.stamps import read_stamps


@dataclass(frozen=True, slots=True)
class LimitRow:
    rule: Rule
    now: float | None
    typed: str
    error: str
    set: Limit | None
    flags: int
    would_flag: int | None

    @property
    def told(self) -> str:
        if self.would_flag is None:
            pattern = ngettext(
                "flags %(count)s client now", "flags %(count)s clients now", self.flags
            )
            return pattern % {"count": self.flags}
        pattern = ngettext(
            "would flag %(count)s client now (%(today)s today)",
            "would flag %(count)s clients now (%(today)s today)",
            self.would_flag,
        )
        return pattern % {"count": self.would_flag, "today": self.flags}


@for_leaders
@require_http_methods(["GET", "POST"])
def limits(request: HttpRequest) -> HttpResponse:
    """GET tries out what the address asks for; POST saves it from today on."""
    now, stamps = timezone.now(), read_stamps()
    today = timezone.localdate(now)
    in_force = limits_on(stamps, today)
    typed = request.POST if request.method == "POST" else request.GET
    asked, errors = read_limits({key: typed.get(key, "") for key in in_force})
    changed = {key: value for key, value in asked.items() if value != in_force[key]}
    if request.method == "POST" and not errors:
        set_limits(values=changed, by=staff_of(request.user), today=today)
        messages.success(request, _saved(len(changed)))
        return redirect("limits")
    lines = all_lines(stamps, today)
    flagged = all_cases(lines, stamps, now, in_force)
    thought = all_cases(lines, stamps, now, {**in_force, **asked}) if changed else flagged
    set_by = {row.key: row for row in Limit.objects.on(today).select_related("set_by")}
    rows = [
        LimitRow(
            rule=rule,
            now=in_force.get(key),
            typed=typed.get(key, "") or (f"{in_force[key]:g}" if key in in_force else ""),
            error=errors.get(key, ""),
            set=set_by.get(key),
            flags=_flags(flagged, key),
            would_flag=_flags(thought, key) if key in changed else None,
        )
        for key, rule in RULES.items()
    ]
    context = {
        "rows": rows,
        "clients": len(lines),
        "today": today,
        "total": len(thought),
        "total_now": len(flagged),
        "is_preview": bool(changed),
    }
    status = 400 if errors and request.method == "POST" else 200
    return render(request, "metrics/limits.html", context, status=status)


def read_limits(typed: dict[str, str]) -> tuple[dict[str, float], dict[str, str]]:
    """The limits that were typed, and what is wrong with the others."""
    found: dict[str, float] = {}
    errors: dict[str, str] = {}
    for key, text in typed.items():
        if not text.strip():
            continue
        try:
            value = float(text.replace(",", "."))
            check_limit(key, value)
        except ValidationError as error:
            errors[key] = error.messages[0]
        except ValueError:
            errors[key] = _("Type a number.")
        else:
            found[key] = value
    return found, errors


def _saved(count: int) -> str:
    if not count:
        return _("Nothing was changed.")
    pattern = ngettext("%(count)s limit saved.", "%(count)s limits saved.", count)
    return pattern % {"count": count}


def _flags(cases: list[Case], key: str) -> int:
    return sum(key in case.rules for case in cases)
