"""What stands around every page: menu, agency, clock, and how old the last reading of Asana is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from godview.access import is_leader, may_open_admin, may_record_answers
from godview.demo_there import has_clients, has_demo
from godview.freshness import oldest_reading
from godview.templatetags import display
from godview.theme import THEMES, Theme, next_theme, theme_of
from godview.waiting import clients_in_need


class Page(NamedTuple):
    word: str | Promise
    icon: str
    url_name: str
    for_whom: str = "everybody"
    also: str = ""  # another address whose pages belong to this item
    of_any_day: bool = True  # whether it can be asked how it was on a past day
    key: str = ""  # the letter that opens it after G; no two pages share one


@dataclass(frozen=True)
class Item:
    word: str
    icon: str
    url: str
    current: bool
    waiting: int = 0  # for the person who looks
    name: str = ""  # of its address
    key: str = ""

    @property
    def hint(self) -> str:
        """What stands in its tooltip."""
        return f"{self.word} (G {self.key.upper()})" if self.key else self.word


@dataclass(frozen=True)
class Group:
    word: str | Promise
    items: list[Item]


MENU: dict[str, tuple[Page, ...]] = {
    "Watch": (
        Page(gettext_lazy("Today"), "today", "today", key="t"),
        Page(gettext_lazy("Needs a decision"), "attention", "attention", key="a"),
        Page(gettext_lazy("Clients"), "clients", "clients", key="c"),
        Page(gettext_lazy("Pods and people"), "people", "pods", also="/people/", key="p"),
        Page(gettext_lazy("Departments"), "departments", "departments", key="d"),
        Page(gettext_lazy("Weeks"), "weeks", "goals", key="n"),
        Page(gettext_lazy("Money"), "money", "money", "leaders", key="m"),
    ),
    "Work": (
        Page(gettext_lazy("My week"), "week", "week", of_any_day=False, key="w"),
        Page(gettext_lazy("Meetings"), "meeting", "meetings", of_any_day=False),
        Page(gettext_lazy("Experiments"), "experiments", "experiments", key="e"),
        Page(gettext_lazy("Tactics"), "tactics", "tactics", key="y"),
        Page(gettext_lazy("Deadlines"), "deadlines", "deadlines", of_any_day=False, key="l"),
    ),
    "Learn": (
        Page(gettext_lazy("Segments"), "segments", "segments", "leaders", key="s"),
        Page(gettext_lazy("Survival"), "survival", "survival", "leaders", key="v"),
        Page(gettext_lazy("Win back"), "winback", "winback", "leaders", key="b"),
        Page(gettext_lazy("Coaching"), "coaching", "coaching", key="h"),
        Page(gettext_lazy("Surveys"), "message", "surveys", "managers", key="q"),
        Page(gettext_lazy("Training"), "training", "training:modules", of_any_day=False, key="r"),
    ),
    "": (
        Page(gettext_lazy("Set up"), "check", "welcome", "leaders", of_any_day=False),
        Page(gettext_lazy("Import"), "import", "import", "leaders", of_any_day=False, key="i"),
        Page(gettext_lazy("Settings"), "settings", "settings", of_any_day=False, key="o"),
        Page(
            gettext_lazy("Asana"),
            "asana",
            "tasks:asana",
            "leaders",
            also="/connect/asana/",
            of_any_day=False,
        ),
        Page(gettext_lazy("Admin"), "admin", "admin:index", "admin", of_any_day=False),
    ),
}
HEADINGS: dict[str, str | Promise] = {
    "Watch": pgettext_lazy("menu", "Watch"),
    "Work": pgettext_lazy("menu", "Work"),
    "Learn": pgettext_lazy("menu", "Learn"),
    "": "",
}
WHOM: dict[str, Callable[[Any], bool]] = {
    "everybody": lambda user: True,
    "leaders": is_leader,
    "managers": may_record_answers,
    "admin": may_open_admin,
}
OLD_AFTER_SECONDS = 15 * 60
ON_THE_PHONE = ("today", "week", "clients", "meetings")


@dataclass(frozen=True)
class Freshness:
    """How old the tasks on the page are, in words, and whether that is too old to trust."""

    words: str
    moment: str = ""
    old: bool = False
    pattern: str = ""  # the same within the first hour, with {minutes} to be filled in


def freshness(read_at: datetime | None, status: str, now: datetime) -> Freshness:
    if not status:
        return Freshness(_("Asana is not connected"))
    if read_at is None:
        return Freshness(_("Asana was never read completely"), old=True)
    minutes = max(0, int((now - read_at).total_seconds() // 60))
    is_stopped = status == "stopped"
    pattern = (
        _("Asana stopped, last read %(age)s ago") if is_stopped else _("Asana read %(age)s ago")
    )
    too_old = is_stopped or minutes * 60 >= OLD_AFTER_SECONDS
    within = pattern % {"age": _("%(minutes)s min") % {"minutes": "{minutes}"}}
    return Freshness(pattern % {"age": _age(minutes)}, read_at.isoformat(), too_old, within)


def _age(minutes: int) -> str:
    if minutes < 1:
        return _("under 1 min")
    if minutes < 60:
        return _("%(minutes)s min") % {"minutes": minutes}
    if minutes < 48 * 60:
        told = {"hours": minutes // 60, "minutes": minutes % 60}
        return _("%(hours)s h %(minutes)s min") % told
    days = minutes // 1440
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


class Shell:
    """Worked out only as far as a template asks: a fragment pays for nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user = getattr(request, "user", None)

    @property
    def agency(self) -> str:
        return str(settings.AGENCY_NAME)

    @cached_property
    def theme(self) -> str:
        return theme_of(self.request)

    @property
    def themes(self) -> tuple[Theme, ...]:
        return THEMES

    @property
    def next_theme(self) -> Theme:
        return next_theme(self.theme)

    @cached_property
    def now(self) -> datetime:
        return timezone.localtime()

    @property
    def clock(self) -> str:
        return f"{self.now:%H:%M}"

    @property
    def today(self) -> str:
        return display.full_day(self.now.date())

    @property
    def days(self) -> Any:
        """The two days of a page of numbers; on other pages there are none."""
        return getattr(self.request, "days", None)

    @property
    def only_read(self) -> bool:
        """Whether the page is as it was known then: nothing can be done on it."""
        return self.days is not None and self.days.known_on is not None

    @property
    def name(self) -> str:
        return str(self.user)

    @property
    def initials(self) -> str:
        return display.initials(self.name)

    @cached_property
    def asana(self) -> "Freshness":
        return freshness(*(oldest_reading() or (None, "")), now=self.now)

    @cached_property
    def menu(self) -> list[Group]:
        if not getattr(self.user, "is_authenticated", False):
            return []
        groups = (Group(HEADINGS[word], self._items(pages)) for word, pages in MENU.items())
        return [group for group in groups if group.items]

    @cached_property
    def clients_in_need(self) -> int:
        return clients_in_need(self.user, self.now.date())

    @property
    def has_single_keys(self) -> bool:
        return bool(getattr(self.user, "single_keys", True))

    @property
    def is_leader(self) -> bool:
        return is_leader(self.user)

    @cached_property
    def has_demo(self) -> bool:
        return bool(getattr(self.user, "is_authenticated", False)) and has_demo()

    @cached_property
    def has_clients(self) -> bool:
        """Whether there is any at all; only pages that have nothing to show ask."""
        return has_clients()

    @property
    def search_url(self) -> str:
        return reverse("search")

    @property
    def import_url(self) -> str:
        """Where clients come in, for those who may bring them."""
        found = [item.url for group in self.menu for item in group.items if item.name == "import"]
        return found[0] if found else ""

    @property
    def phone_items(self) -> list[Item]:
        found = {item.name: item for group in self.menu for item in group.items}
        return [found[word] for word in ON_THE_PHONE if word in found]

    @property
    def more_items(self) -> list[Item]:
        return [i for group in self.menu for i in group.items if i.name not in ON_THE_PHONE]

    @cached_property
    def _days_kept(self) -> str:
        return urlencode(self.days.in_address) if self.days else ""

    @cached_property
    def _current(self) -> str:
        """The page whose address, or a longer one than any other's, begins like this one."""
        path, found = self.request.path, {"/": "today"}
        for page in (page for pages in MENU.values() for page in pages):
            starts = (reverse(page.url_name), page.also or "/")
            found |= {start: page.url_name for start in starts if start != "/"}
        begun = [start for start in found if path.startswith(start)]
        best = max(begun, key=len)
        return found[best] if best != "/" or path == "/" else ""

    def _items(self, pages: tuple[Page, ...]) -> list[Item]:
        items = []
        for page in pages:
            if WHOM[page.for_whom](self.user):
                kept = f"?{self._days_kept}" if self._days_kept and page.of_any_day else ""
                items.append(
                    Item(
                        word=str(page.word),
                        icon=page.icon,
                        url=reverse(page.url_name) + kept,
                        current=page.url_name == self._current,
                        waiting=self.clients_in_need if page.url_name == "attention" else 0,
                        name=page.url_name,
                        key=page.key,
                    )
                )
        return items


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": Shell(request)}
