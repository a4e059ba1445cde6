"""Every metric: what it is called, what it means, how it is counted, and where it stops being good.

Pages, the command and the explanations on screen read it from here. The long form, with worked
examples, is docs/definitions.md.
"""

from collections.abc import Mapping

from metrics.catalogue import (
    clients,
    contact,
    experiments,
    lifetime,
    promises,
    revenue,
    spending,
    survival,
    training,
    voices,
    warnings,
    work,
)
from metrics.catalogue.metric import Metric, Unit

CATALOGUE: dict[str, Metric] = {
    metric.key: metric
    for family in (
        clients,
        revenue,
        lifetime,
        survival,
        contact,
        work,
        experiments,
        promises,
        training,
        voices,
        warnings,
        spending,
    )
    for metric in family.METRICS
}

OF_CONTACT = {metric.key for metric in contact.METRICS}


def under(key: str, limits: Mapping[str, float]) -> Metric:
    """A metric as it is named and judged on a day, by the limits of that day."""
    if key not in OF_CONTACT:
        return CATALOGUE[key]
    return next(one for one in contact.metrics(int(limits["contact"])) if one.key == key)


__all__ = ["CATALOGUE", "Metric", "Unit", "under"]
