"""Every metric: what it is called, what it means, how it is counted, and where it stops being good.

Pages, the command and the explanations on screen read it from here. The long form, with worked
examples, is docs/definitions.md.
"""

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

__all__ = ["CATALOGUE", "Metric", "Unit"]
