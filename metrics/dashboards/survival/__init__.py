"""When clients leave, how long they will stay, and what that is worth."""

from metrics.dashboards.survival.page import Asked, SurvivalPage, survival_page

__all__ = ["Asked", "SurvivalPage", "survival_page"]
