from typing import Any

from django.utils.translation import gettext_lazy
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from clients.importing.cells import (
    ChoiceCell,
    CountryCell,
    FlagCell,
    ReferenceCell,
    TimeZoneCell,
)
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.referrals import Referrals, ReferrerCell
from clients.importing.resource import RowsResource
from clients.importing.slugs import Slugs
from clients.importing.writing import BATCH
from clients.models import Assignment, Client, Pod, Staff

STATUSES = ChoiceCell(
    Client.Status,
    prospect="lead",
    active="live, current, client",
    paused="on hold, hold, pause",
    former="lost, churned, left, ex, past, inactive, gone",
)
KEEPS = gettext_lazy("Empty: as it is.")


class ClientRows(RowsResource):
    """Clients, and with them who answers for each: another pod or manager begins today."""

    external_id = Column("external_id", required=True)
    name = Column("name", required=True)
    industry = Column("industry")
    country = Column("country", CountryCell())
    time_zone = Column("time_zone", TimeZoneCell(), note=gettext_lazy("Empty: the agency's own."))
    pod = Column("pod", ReferenceCell(Pod, "pod"), attribute="", note=KEEPS)
    account_manager = Column(
        "account_manager", ReferenceCell(Staff, "member of staff"), attribute="", note=KEEPS
    )
    status = Column(
        "status", STATUSES, keeps=True, note=gettext_lazy("Empty: as it is, or active.")
    )
    is_key = Column(
        "is_key", FlagCell(), keeps=True, note=gettext_lazy("Its week gets a light. Empty: yes.")
    )
    referred_by = Column("referred_by", ReferrerCell(), attribute="", note=KEEPS)

    class Meta:
        model = Client
        import_id_fields = ("external_id",)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.slugs = Slugs(Client)
        self.referrals = Referrals(self.existing.values(), dataset["external_id"])
        self.open = {row.client_id: row for row in Assignment.objects.filter(ended_on=None)}
        self.ended: list[Assignment] = []
        self.corrected: list[Assignment] = []
        self.begun: list[Assignment] = []

    def complete(self, values: dict[str, Any], errors: dict[str, str]) -> None:
        if not errors and values.get("referred_by"):
            self.referrals.check(values["referred_by"], values["external_id"], errors)

    def settle(self, instance: Client, new: bool) -> None:
        instance.slug = instance.slug or self.slugs.new(instance.name, instance.external_id)

    def import_instance(self, instance: Client, row: Any, **kwargs: Any) -> None:
        super().import_instance(instance, row, **kwargs)
        referrer = self.values.get("referred_by")
        recommended = referrer is not None and self.referrals.note(instance, referrer)
        self.reassigned = not self.repeats and (self.assign(instance) or recommended)

    def assign(self, client: Client) -> bool:
        """Whether somebody else answers for the client from now on."""
        current = self.open.get(client.pk)
        was = (current.pod_id, current.account_manager_id) if current else (None, None)
        pod, manager = self.values.get("pod"), self.values.get("account_manager")
        will_be = (pod.pk if pod else was[0], manager.pk if manager else was[1])
        if will_be == was:
            return False
        following = Assignment(client=client, pod_id=will_be[0], account_manager_id=will_be[1])
        if current is None:
            self.begun.append(following)
        elif current.started_on is not None and current.started_on >= self.since:
            current.pod_id, current.account_manager_id = will_be
            self.corrected.append(current)
        else:
            current.ended_on = following.started_on = self.since
            self.ended.append(current)
            self.begun.append(following)
        return True

    def before_export(self, queryset: Any, **kwargs: Any) -> None:
        rows = Assignment.objects.filter(ended_on=None).select_related("pod", "account_manager")
        self.open = {row.client_id: row for row in rows}

    def dehydrate_pod(self, client: Client) -> str:
        current = self.open.get(client.pk)
        return current.pod.external_id if current and current.pod else ""

    def dehydrate_referred_by(self, client: Client) -> str:
        return client.referred_by.external_id if client.referred_by else ""

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return super().filter_export(queryset, **kwargs).select_related("referred_by")

    def dehydrate_account_manager(self, client: Client) -> str:
        current = self.open.get(client.pk)
        return current.account_manager.external_id if current and current.account_manager else ""

    @property
    def since(self) -> Any:
        if self.today is None:
            raise TypeError("An import of clients must be told what day it is.")
        return self.today

    def skip_row(self, instance: Any, *args: Any, **kwargs: Any) -> bool:
        skipped: bool = super().skip_row(instance, *args, **kwargs)
        return skipped and not (self.reassigned and not self.repeats)

    def save_instance(self, instance: Client, is_create: bool, row: Any, **kwargs: Any) -> None:
        if is_create or self.changed:
            super().save_instance(instance, is_create, row, **kwargs)

    def write(self, result: Any) -> None:
        super().write(result)
        if not result.has_validation_errors():
            self.write_assignments()
            self.referrals.write(self.sign, self.now)

    def write_assignments(self) -> None:
        for row in (*self.ended, *self.corrected, *self.begun):
            self.sign(row)
        told = {"batch_size": BATCH, "default_date": self.now}
        bulk_update_with_history(self.ended, Assignment, ["ended_on"], **told)
        changing = ["pod", "account_manager"]
        bulk_update_with_history(self.corrected, Assignment, changing, **told)
        if self.begun:
            bulk_create_with_history(self.begun, Assignment, **told)


CLIENTS = Kind(
    name="clients",
    title=gettext_lazy("Clients"),
    what=gettext_lazy("Who we serve, and which pod and account manager answer for them."),
    resource=ClientRows,
    example=(
        ("C-001", "Halden Dental", "Dentists", "NO", "Europe/Oslo", "P-A", "S-01", "active", "yes",
         ""),
        ("C-002", "Northbay Legal", "Law", "GB", "", "P-A", "S-01", "prospect", "",
         "C-001"),
    ),
)  # fmt: skip
