"""Published definitions as the worker reads them: immutable, so kept in memory by the number of the version."""

from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings

from potok.engine import graph, run
from potok.engine.graph import Header
from potok.processes.models import Version


@dataclass(frozen=True, eq=False)
class Published:
    """A version ready to run."""

    id: int
    definition: int
    number: int
    graph: graph.Graph

    @property
    def header(self) -> Header:
        return self.graph.header

    @property
    def zone(self) -> str:
        """The zone in which the definition reckons: its own, or the company's."""
        return self.header.zone or company_zone()

    @property
    def named(self) -> dict[str, str]:
        """What people call the variables: as they were declared, else as the forms that fill them do."""
        works = [payload for payload in self.graph.payloads if isinstance(payload, graph.Work)]
        forms = [recipe for work in works for _name, recipe in work.params if isinstance(recipe, graph.Form)]
        asked = {field.name: field.title for form in forms for field in form.fields if field.title}
        return {**asked, **{one.name: one.title for one in self.header.variables if one.title}}

    def title_of(self, node: int) -> str:
        """What people call a step."""
        return self.graph.titles[node] or self._title_near(self.graph.names[node])

    def title_of_name(self, name: str) -> str:
        """What people call the step of this name; the name itself if the version has no such step."""
        return self.title_of(self.graph.node(name)) if name in self.graph.names else name

    def _title_near(self, name: str) -> str:
        """What a stage brings with it bears no title, but the stage's name as a part of its own: `packing.leave`."""
        for part in name.split("."):
            if part in self.graph.names and (title := self.graph.titles[self.graph.node(part)]):
                return title
        return name


def company_zone() -> str:
    """The zone of the company."""
    return str(settings.COMPANY_ZONE)


@lru_cache(maxsize=512)
def version(id: int) -> Published:
    """Read a version; it never changes, so it is read once."""
    row = Version.objects.get(pk=id)
    decoded = graph.decode(bytes(row.graph))
    run.program(decoded)
    return Published(row.pk, row.definition_id, row.number, decoded)


@lru_cache(maxsize=64)
def clock(zone: str) -> ZoneInfo:
    """The zone by its name."""
    return ZoneInfo(zone)
