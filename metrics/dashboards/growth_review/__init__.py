from metrics.dashboards.growth_review.listed import Listed, listed, worst_first
from metrics.dashboards.growth_review.slide import Slide, slide

__all__ = ["Listed", "Slide", "listed", "slide", "worst_first"]
