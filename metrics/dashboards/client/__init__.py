"""One client: how it is, and why."""

from metrics.dashboards.client.page import ClientPage, client_page

__all__ = ["ClientPage", "client_page"]
