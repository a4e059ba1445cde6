"""The weekly meeting of a pod: its agenda from the facts, its course, and its record."""

from metrics.dashboards.pod_meeting.agenda import Agenda, agenda
from metrics.dashboards.pod_meeting.record import Record, record
from metrics.dashboards.pod_meeting.topics import Topic, topics_of

__all__ = ["Agenda", "Record", "Topic", "agenda", "record", "topics_of"]
