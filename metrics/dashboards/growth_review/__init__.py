from metrics.dashboards.growth_review.course import Course, course
from metrics.dashboards.growth_review.listed import Listed, listed, worst_first
from metrics.dashboards.growth_review.slide import Slide, slide

__all__ = ["Course", "Listed", "Slide", "course", "listed", "slide", "worst_first"]
