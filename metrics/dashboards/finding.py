"""Finding by name: clients, people, goals, pages, and what can be done about a client."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from godview.folding import likeness
from metrics.queries.findable import Named, findable_clients, findable_goals, findable_people

AT_A_GLANCE = 8
SHARES = (3, 2, 1, 1, 1)  # of the eight, in the order of the groups; what is left goes round again
ON_THE_PAGE = 50


class Found(NamedTuple):
    """One line: its name, what it belongs to, its address."""

    name: str
    url: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    word: str
    icon: str
    lines: list[Found]


def find(
    typed: str, user: Any, today: date, pages: Sequence[Found], at_most: int = ON_THE_PAGE
) -> list[FoundGroup]:
    """What answers to what was typed, best first; groups without any are left out."""
    clients = findable_clients(user, today)
    goals = [
        Found(goal.name, reverse("client", args=[goal.slug]) + "#goals", goal.client)
        for goal in findable_goals(user, today)
    ]
    groups = [
        FoundGroup(_("Clients"), "clients", _best(typed, _as_lines(clients, "client"))),
        FoundGroup(
            _("People"), "people", _best(typed, _as_lines(findable_people(user, today), "person"))
        ),
        FoundGroup(_("90-day goals"), "deadlines", _best(typed, goals, lambda goal: goal.more)),
        FoundGroup(_("Pages"), "today", _best(typed, pages)),
        FoundGroup(
            pgettext("what can be done", "Actions"), "plus", _best(typed, _deeds(clients, user))
        ),
    ]
    shares = _shares([len(group.lines) for group in groups], at_most)
    cut = zip(groups, shares, strict=True)
    return [FoundGroup(g.word, g.icon, g.lines[:share]) for g, share in cut if share]


def offered(pages: Sequence[Found]) -> list[FoundGroup]:
    """Before anything is typed: where one may go."""
    return [FoundGroup(_("Pages"), "today", list(pages[:AT_A_GLANCE]))]


def _as_lines(rows: Iterable[Named], page: str) -> list[Found]:
    """Those who are here before those who were."""
    return [
        Found(row.name, reverse(page, args=[row.slug]), "" if row.is_here else _("former"))
        for row in sorted(rows, key=lambda row: not row.is_here)
    ]


def _deeds(clients: Iterable[Named], user: Any) -> list[Found]:
    """Logging a contact and asking for help, with each client that is served."""
    patterns = [
        (permission, words, address)
        for permission, words, address in (
            ("clients.add_touchpoint", _("Log contact with %(client)s"), "clients:log_contact"),
            ("tasks.add_helprequest", _("Ask for help with %(client)s"), "tasks:ask_help"),
        )
        if user.has_perm(permission)
    ]
    return [
        Found(words % {"client": client.name}, reverse(address, args=[client.slug]))
        for client in clients
        if client.is_here
        for _permission, words, address in patterns
    ]


def _best(
    typed: str, lines: Iterable[Found], belongs_to: Callable[[Found], str] | None = None
) -> list[Found]:
    """Those that answer. A goal is also found by the name of its client."""
    ranked = [
        (rank, place, line)
        for place, line in enumerate(lines)
        if (rank := _rank(typed, line, belongs_to)) is not None
    ]
    return [line for _rank_of, _place, line in sorted(ranked, key=lambda found: found[:2])]


def _rank(typed: str, line: Found, belongs_to: Callable[[Found], str] | None) -> int | None:
    own = likeness(typed, line.name)
    if own is not None or belongs_to is None:
        return own
    wider = likeness(typed, f"{belongs_to(line)} {line.name}")
    return None if wider is None else wider + 3


def _shares(counts: list[int], at_most: int) -> list[int]:
    """How many lines each group shows: nobody crowds out the others."""
    if at_most >= ON_THE_PAGE:
        return [min(count, at_most) for count in counts]
    shares = [min(count, share) for count, share in zip(counts, SHARES, strict=True)]
    for place, count in enumerate(counts):
        shares[place] += min(count - shares[place], at_most - sum(shares))
    return shares
