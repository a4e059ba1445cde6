"""Asana's promise to call us when a project changes."""

from collections.abc import Iterator
from dataclasses import dataclass

import asana

from tasks.asana import fields
from tasks.asana.calls import Answer, Calls

FILTERS = [{"resource_type": kind} for kind in ("task", "section", "project")]


@dataclass(frozen=True, slots=True)
class NewWebhook:
    gid: str
    secret: str


class WebhookCalls(Calls):
    def create_webhook(self, resource: str, target: str) -> NewWebhook:
        """Ask for calls to `target`. Asana calls it at once, and answers only when it is echoed."""
        call = asana.WebhooksApi(self._api).create_webhook_with_http_info
        body = {"data": {"resource": resource, "target": target, "filters": FILTERS}}
        answer = self.ask(
            lambda query, **more: call(body, query, **more), (), {}, dict, again=False
        )
        secret = answer.envelope.get("X-Hook-Secret") or answer.data.get("X-Hook-Secret")
        return NewWebhook(str(answer.data.get("gid", "")), str(secret or ""))

    def delete_webhook(self, gid: str) -> None:
        call = asana.WebhooksApi(self._api).delete_webhook_with_http_info
        self.ask(lambda gid, query, **more: call(gid, **more), (gid,), {}, dict, writes=True)

    def webhooks(self, workspace: str) -> Iterator[Answer]:
        """Those that this token has registered."""
        call = asana.WebhooksApi(self._api).get_webhooks_with_http_info
        return self.pages(
            lambda query, **more: call(query.pop("workspace"), query, **more),
            (),
            fields.WEBHOOK,
            workspace=workspace,
        )
