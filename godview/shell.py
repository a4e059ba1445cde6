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

from godview.access import is_leader, may_open_admin, may_record_answers
from godview.freshness import oldest_reading
from godview.templatetags.display import initials
from godview.theme import Theme, next_theme, theme_of
from godview.waiting import clients_in_need


class Page(NamedTuple):
    word: str
    icon: str
    url_name: str
    for_whom: str = "everybody"
    also: str = ""  # another address whose pages belong to this item
    of_any_day: bool = True  # whether it can be asked how it was on a past day


@dataclass(frozen=True)
class Item:
    word: str
    icon: str
    url: str
    current: bool
    waiting: int = 0  # for the person who looks


@dataclass(frozen=True)
class Group:
    word: str
    items: list[Item]


MENU: dict[str, tuple[Page, ...]] = {
    "Watch": (
        Page("Today", "today", "today"),
        Page("Needs a decision", "clock", "attention"),
        Page("Clients", "clients", "clients"),
        Page("Pods and people", "people", "pods", also="/people/"),
        Page("Departments", "departments", "departments"),
        Page("Money", "money", "money", "leaders"),
    ),
    "Work": (
        Page("My week", "week", "week", of_any_day=False),
        Page("Experiments", "experiments", "experiments"),
        Page("Tactics", "tactics", "tactics"),
        Page("Deadlines", "deadlines", "deadlines", of_any_day=False),
    ),
    "Learn": (
        Page("Segments", "segments", "segments", "leaders"),
        Page("Survival", "survival", "survival", "leaders"),
        Page("Win back", "winback", "winback", "leaders"),
        Page("Coaching", "people", "coaching"),
        Page("Surveys", "message", "surveys", "managers"),
        Page("Training", "training", "training:modules", of_any_day=False),
    ),
    "": (
        Page("Import", "import", "import", "leaders", of_any_day=False),
        Page("Limits", "settings", "limits", "leaders", of_any_day=False),
        Page("Asana", "asana", "tasks:asana", "leaders", also="/connect/asana/", of_any_day=False),
        Page("Admin", "settings", "admin:index", "admin", of_any_day=False),
    ),
}
WHOM: dict[str, Callable[[Any], bool]] = {
    "everybody": lambda user: True,
    "leaders": is_leader,
    "managers": may_record_answers,
    "admin": may_open_admin,
}
OLD_AFTER_SECONDS = 15 * 60
ON_THE_PHONE = ("Today", "My week", "Clients", "Training")


@dataclass(frozen=True)
class Freshness:
    """How old the tasks on the page are, in words, and whether that is too old to trust."""

    words: str
    moment: str = ""
    old: bool = False


def freshness(read_at: datetime | None, status: str, now: datetime) -> Freshness:
    if not status:
        return Freshness("Asana is not connected")
    if read_at is None:
        return Freshness("Asana was never read completely", old=True)
    minutes = max(0, int((now - read_at).total_seconds() // 60))
    if minutes < 1:
        age = "under 1 min"
    elif minutes < 60:
        age = f"{minutes} min"
    elif minutes < 48 * 60:
        age = f"{minutes // 60} h {minutes % 60} min"
    else:
        age = f"{minutes // 1440} days"
    words = "stopped, last read" if status == "stopped" else "read"
    too_old = status == "stopped" or minutes * 60 >= OLD_AFTER_SECONDS
    return Freshness(f"Asana {words} {age} ago", read_at.isoformat(), too_old)


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
        return f"{self.now:%a} {self.now.day} {self.now:%b %Y}"

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
        return initials(self.name)

    @cached_property
    def asana(self) -> "Freshness":
        return freshness(*(oldest_reading() or (None, "")), now=self.now)

    @cached_property
    def menu(self) -> list[Group]:
        if not getattr(self.user, "is_authenticated", False):
            return []
        groups = (Group(word, self._items(pages)) for word, pages in MENU.items())
        return [group for group in groups if group.items]

    @cached_property
    def clients_in_need(self) -> int:
        return clients_in_need(self.user, self.now.date())

    @property
    def is_leader(self) -> bool:
        return is_leader(self.user)

    @property
    def search_url(self) -> str:
        return reverse("clients")

    @property
    def import_url(self) -> str:
        """Where clients come in, for those who may bring them."""
        found = [item.url for group in self.menu for item in group.items if item.word == "Import"]
        return found[0] if found else ""

    @property
    def phone_items(self) -> list[Item]:
        found = {item.word: item for group in self.menu for item in group.items}
        return [found[word] for word in ON_THE_PHONE if word in found]

    @property
    def more_items(self) -> list[Item]:
        return [i for group in self.menu for i in group.items if i.word not in ON_THE_PHONE]

    @cached_property
    def _days_kept(self) -> str:
        return urlencode(self.days.in_address) if self.days else ""

    def _items(self, pages: tuple[Page, ...]) -> list[Item]:
        items, path = [], self.request.path
        for page in pages:
            if WHOM[page.for_whom](self.user):
                url = reverse(page.url_name)
                here = path == url if url == "/" else path.startswith((url, page.also or url))
                kept = f"?{self._days_kept}" if self._days_kept and page.of_any_day else ""
                waiting = self.clients_in_need if page.url_name == "attention" else 0
                items.append(Item(page.word, page.icon, url + kept, here, waiting))
        return items


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": Shell(request)}
