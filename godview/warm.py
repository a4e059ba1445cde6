"""What every page needs, made ready once: the workers are copies of this process and share it."""

from django.template.loader import get_template
from django.urls import get_resolver, reverse

from godview.shell import MENU

# The pages that are opened first, and what stands around all of them. A template that another
# one extends or includes by name is read only when that one is shown, so each is named.
TEMPLATES = (
    "base.html",
    "account/login.html",
    "components/account_links.html",
    "components/marks.svg",
    "components/menu.html",
    "components/messages.html",
    "components/theme.html",
    "metrics/_client_map.html",
    "metrics/today.html",
)


def make_ready() -> None:
    """Asks no database: a connection must not be shared by copies of a process."""
    get_resolver().url_patterns  # noqa: B018
    for pages in MENU.values():
        for page in pages:
            reverse(page.url_name)
    for name in TEMPLATES:
        get_template(name)
