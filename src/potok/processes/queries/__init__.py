"""Questions about processes whose answers a page can say in words: names, values, moments, and no ids to look up."""

from .answering import Asked, assignment_view, open_for
from .definitions import DefinitionLine, definition_lines, incident_lines, versions_of
from .journal import Line, journal
from .standing import InstanceView, instance_view, instances, instances_of
from .way import Stop, way
from .why import Ahead, Looked, Seen, WhyLine, ahead, looked, why, would

__all__ = [
    "Ahead",
    "Asked",
    "DefinitionLine",
    "InstanceView",
    "Line",
    "Looked",
    "Seen",
    "Stop",
    "WhyLine",
    "ahead",
    "assignment_view",
    "definition_lines",
    "incident_lines",
    "instance_view",
    "instances",
    "instances_of",
    "journal",
    "looked",
    "open_for",
    "versions_of",
    "way",
    "why",
    "would",
]
