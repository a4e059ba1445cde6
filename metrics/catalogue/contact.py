from django.conf import settings

from metrics.catalogue.metric import Metric, Unit

TODAY, CLIENTS = "Today", "Clients"
HEARD = (
    "the client heard from us as a person: a call, a meeting, or an e-mail, SMS or chat message "
    "written by one of us"
)


def metrics(limit: int) -> tuple[Metric, ...]:
    """As they are named and judged where `limit` days without contact are allowed."""
    told = "1 day" if limit == 1 else f"{limit} days"
    return (
        Metric(
            key="days_since_contact_mean",
            name="Days since contact",
            unit=Unit.DAYS,
            definition=f"Average number of days since {HEARD}. Clients on hold are left out.",
            formula="sum of days since the last contact ÷ clients",
            chapter="11",
            lower_is_better=True,
            shown_on=(TODAY,),
            counts="{part} days over {whole} clients",
        ),
        Metric(
            key="days_since_contact_median",
            name="Days since contact, middle",
            unit=Unit.DAYS,
            definition="Half of the clients have waited this long or less.",
            formula="median",
            chapter="11",
            lower_is_better=True,
        ),
        Metric(
            key="days_since_contact_max",
            name="Days since contact, longest",
            unit=Unit.DAYS,
            definition="How long the client has waited who has waited longest. The average hides "
            "it.",
            formula="maximum",
            chapter="11",
            threshold=float(limit),
            lower_is_better=True,
            shown_on=(TODAY,),
        ),
        Metric(
            key="clients_over_contact_standard",
            name="Clients over the contact standard",
            unit=Unit.CLIENTS,
            definition=(
                f"Clients who have not heard from us for more than {told}. {limit} is within."
            ),
            formula=f"count of clients with more than {told}",
            chapter="11",
            threshold=0.0,
            lower_is_better=True,
            shown_on=(TODAY, CLIENTS),
        ),
        Metric(
            key="clients_over_contact_standard_share",
            name="Clients over the contact standard, share",
            unit=Unit.SHARE,
            definition="The same as a share of the clients we work for.",
            formula=f"clients with more than {told} ÷ clients",
            chapter="11",
            threshold=0.0,
            lower_is_better=True,
        ),
    )


METRICS = metrics(settings.CONTACT_STANDARD_DAYS)
