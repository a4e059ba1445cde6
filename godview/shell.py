"""What stands around every page: menu, agency, clock, and how old the last reading of Asana is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from godview.access import is_leader, may_open_admin, may_record_answers
from godview.freshness import oldest_reading
from godview.templatetags.display import initials
from godview.theme import Theme, next_theme, theme_of


class Page(NamedTuple):
    word: str
    icon: str
    url_name: str
    for_whom: str = "everybody"
    also: str = ""  # another address whose pages belong to this item


@dataclass(frozen=True)
class Item:
    word: str
    icon: str
    url: str
    current: bool


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
        Page("My week", "week", "week"),
        Page("Experiments", "experiments", "experiments"),
        Page("Tactics", "tactics", "tactics"),
        Page("Deadlines", "deadlines", "deadlines"),
    ),
    "Learn": (
        Page("Segments", "segments", "segments", "leaders"),
        Page("Survival", "survival", "survival", "leaders"),
        Page("Win back", "winback", "winback", "leaders"),
        Page("Coaching", "people", "coaching"),
        Page("Surveys", "message", "surveys", "managers"),
        Page("Training", "training", "training:modules"),
    ),
    "": (
        Page("Import", "import", "import", "leaders"),
        Page("Limits", "settings", "limits", "leaders"),
        Page("Asana", "asana", "tasks:asana", "leaders", also="/connect/asana/"),
        Page("Admin", "settings", "admin:index", "admin"),
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

    @cached_property
    def past_day(self) -> str:
        """The past day that the address asks for, in words; nothing when it is today."""
        try:
            asked = date.fromisoformat(self.request.GET.get("as_of", ""))
        except ValueError:
            return ""
        is_past = asked < self.now.date()
        return f"{asked:%a} {asked.day} {asked:%b %Y}" if is_past else ""

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

    def _items(self, pages: tuple[Page, ...]) -> list[Item]:
        items, path = [], self.request.path
        for page in pages:
            if WHOM[page.for_whom](self.user):
                url = reverse(page.url_name)
                here = path == url if url == "/" else path.startswith((url, page.also or url))
                items.append(Item(page.word, page.icon, url, here))
        return items


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": Shell(request)}
