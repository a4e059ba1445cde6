"""Pods: how each team does, and one team with its people, its clients and its 13 weeks."""

from metrics.dashboards.pods.lines import PodLine, pod_lines, without_pod
from metrics.dashboards.pods.page import PodPage, pod_page

__all__ = ["PodLine", "PodPage", "pod_lines", "pod_page", "without_pod"]
