"""Questions about processes whose answers a page can say in words: names, values, moments, and no ids to look up."""

from .answering import Asked, assignment_view, open_for
from .definitions import DefinitionLine, definition_lines, incident_lines, versions_of
from .journal import Line, journal
from .standing import InstanceView, instance_view, instances, instances_of
from .way import Stop, way
from .why import WhyLine, why

__all__ = [
    "Asked",
    "DefinitionLine",
    "InstanceView",
    "Line",
    "Stop",
    "WhyLine",
    "assignment_view",
    "definition_lines",
    "incident_lines",
    "instance_view",
    "instances",
    "instances_of",
    "journal",
    "open_for",
    "versions_of",
    "way",
    "why",
]
