"""What administrators have declared: record types of their own, custom fields, pipelines and stages, kept in memory
while nothing changes.

Whoever asks inside one transaction of a door, or one request (`remembered`), asks the database for the stamp once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext

from potok.kit import events, ids, sets, viewing
from potok.records import fields as kinds
from potok.records import limits, rules
from potok.records.dictionaries import declared
from potok.records.fields import Field, FromDictionary, PipelineField, StageField
from potok.records.models import CustomField, Layout, Limit, Pipeline, Stage, Stamp
from potok.records.record_types import RecordType, record_types


@dataclass(frozen=True)
class Catalogue:
    """All of it, as of one stamp."""

    stamp: str
    fields: dict[str, dict[str, Field]]
    pipelines: dict[str, list[Pipeline]]
    stages: dict[str, dict[str, Stage]]
    limits: dict[str, list[Limit]] = field(default_factory=dict)
    layouts: dict[str, Layout] = field(default_factory=dict)

    def of(self, record_type: RecordType) -> dict[str, Field]:
        """The fields of a record type, custom ones behind its own."""
        return self.fields[record_type.name]

    def own(self, record_type: RecordType) -> list[Field]:
        """The fields that a record type was declared with, as far as this catalogue knows of them."""
        return [one for one in self.of(record_type).values() if not one.custom]

    def field(self, record_type: RecordType, name: str) -> Field:
        """One field, or a refusal that names those there are."""
        found = self.of(record_type).get(name)
        if found is None:
            raise rules.UNKNOWN_FIELD(place=name, field=name, known=", ".join(self.of(record_type)))
        return found

    def columns(self, record_type: RecordType) -> Sequence[str]:
        """The columns of its list, as administrators laid them out or as it was declared."""
        layout = self.layouts.get(record_type.name)
        return layout.columns if layout and layout.columns else record_type.columns

    def groups(self, record_type: RecordType) -> list[tuple[str, list[Field]]]:
        """The groups of fields of its card and its form; what was added and laid out nowhere comes last."""
        known, layout = self.of(record_type), self.layouts.get(record_type.name)
        laid = [(one["title"], one["fields"]) for one in layout.card] if layout and layout.card else record_type.card
        named = [(str(title), [known[name] for name in names if name in known]) for title, names in laid]
        placed = {one.name for _, group in named for one in group}
        rest = [one for one in known.values() if one.custom and not one.hidden and one.name not in placed]
        return [*named, (gettext("Also"), rest)] if rest else named

    def stage(self, record_type: RecordType, code: str) -> Stage:
        """One stage by its code, or a refusal that names those there are."""
        stages = self.stages.get(record_type.name, {})
        if code not in stages:
            raise rules.UNKNOWN_STAGE(place="stage", stage=code, known=", ".join(stages))
        return stages[code]

    def stages_of(self, pipeline: int) -> list[Stage]:
        """The stages of a pipeline, in order."""
        return [stage for known in self.stages.values() for stage in known.values() if stage.pipeline_id == pipeline]

    def place(self, rows: Iterable[Any]) -> None:
        """Give rows of a type with a pipeline their stage and pipeline, so that nobody asks the database for each."""
        known = {stage.pk: stage for stages in self.stages.values() for stage in stages.values()}
        for row in rows:
            # A stage that was added a moment ago is not here; Django fetches it.
            if stage := known.get(row.stage_id):
                row.stage, row.pipeline = stage, stage.pipeline

    def first_stage(self, record_type: RecordType, pipeline: int | None) -> Stage | None:
        """Where a new record begins: the first open stage of the pipeline, or of the first pipeline."""
        for stage in self.stages.get(record_type.name, {}).values():
            if stage.kind == Stage.OPEN and pipeline in (None, stage.pipeline_id):
                return stage
        return None


_known: Catalogue | None = None


STAMP = "SELECT value FROM records_stamp WHERE id = 1"


class _Memory:
    """What a request, a batch or a transaction has asked for, once it has."""

    def __init__(self) -> None:
        self.catalogue: Catalogue | None = None
        self.seen: dict[int, Catalogue] = {}


_memory: ContextVar[_Memory | None] = ContextVar("records_catalogue", default=None)


def _remembering() -> _Memory | None:
    if (wider := _memory.get()) is not None:
        return wider
    inside = events.memory()
    return None if inside is None else inside.setdefault(_Memory, _Memory())


def current() -> Catalogue:
    """What holds now, as far as the person may know of it for whom things are read."""
    return seen_by(viewing.viewer())


def whole() -> Catalogue:
    """What holds now, whoever looks: for what is kept and worked out, never for what is shown."""
    held = _remembering()
    if held is None:
        return _fresh()
    if held.catalogue is None:
        held.catalogue, held.seen = _fresh(), {}
    return held.catalogue


def seen_by(person: int | None) -> Catalogue:
    """What a person may know of: without the fields and pipelines hidden from him; None is the system."""
    known, held = whole(), _remembering()
    if person is None or not known.limits:
        return known
    if held is None:
        return limits.seen(known, by=person)
    if person not in held.seen:
        held.seen[person] = limits.seen(known, by=person)
    return held.seen[person]


@contextmanager
def remembered() -> Iterator[None]:
    """Ask for the stamp at most once for all that happens inside: a request, a batch. Inside another it joins it."""
    if _memory.get() is not None:
        yield
        return
    token = _memory.set(_Memory())
    try:
        with events.judged_once():
            yield
    finally:
        _memory.reset(token)


def changed() -> None:
    """Note that something here has changed; every process reads anew."""
    Stamp.objects.update_or_create(pk=1, defaults={"value": ids.new_key()})
    _forget()
    record_types.read()


def _again() -> None:
    """Read anew although this request has read already: a record type was asked for that it did not know."""
    _forget()
    current()


def _forget() -> None:
    for held in (_memory.get(), (events.memory() or {}).get(_Memory)):
        if held is not None:
            held.catalogue = None
    events.judge_anew()


record_types.look_again = _again


def _fresh() -> Catalogue:
    global _known
    found = sets.execute(STAMP).fetchone()
    stamp = found[0] if found else ""
    if _known is None or _known.stamp != stamp or len(_known.fields) != len(record_types):
        _known = _read(stamp)
    return _known


def _read(stamp: str) -> Catalogue:
    record_types.read()
    pipelines: dict[str, list[Pipeline]] = {}
    for pipeline in Pipeline.objects.all():
        pipelines.setdefault(pipeline.record_type, []).append(pipeline)
    stages: dict[str, dict[str, Stage]] = {}
    for stage in Stage.objects.select_related("pipeline").order_by("pipeline__order", "pipeline_id", "order", "id"):
        stages.setdefault(stage.record_type, {})[stage.code] = stage
    custom: dict[str, list[Field]] = {}
    for row in CustomField.objects.all():
        custom.setdefault(row.record_type, []).append(field_of(row))
    entries = declared.entries()
    fields = {
        name: {
            field.name: _offered(field, pipelines.get(name, []), stages.get(name, {}), entries)
            for field in [*record_type.declared().values(), *custom.get(name, [])]
        }
        for name, record_type in record_types.all().items()
    }
    limited: dict[str, list[Limit]] = {}
    for limit in Limit.objects.all():
        limited.setdefault(limit.record_type, []).append(limit)
    layouts = {one.record_type: one for one in Layout.objects.all()}
    return Catalogue(stamp, fields, pipelines, stages, limited, layouts)


def field_of(row: CustomField) -> Field:
    """The field that a row declares."""
    return kinds.kinds[row.kind](
        row.options,
        name=row.name,
        title=row.title,
        required=row.required,
        multiple=row.multiple,
        default=row.default,
        hidden=row.hidden,
        custom=True,
    )


def _offered(
    field: Field, pipelines: list[Pipeline], stages: dict[str, Stage], entries: Mapping[str, tuple[declared.Pair, ...]]
) -> Field:
    """Stages, pipelines and entries of dictionaries are choices of what there is."""
    if isinstance(field, FromDictionary):
        return replace(field, options=entries[field.dictionary])
    if isinstance(field, StageField):
        return replace(field, options=tuple((code, stage.title) for code, stage in stages.items()))
    if isinstance(field, PipelineField):
        return replace(field, options=tuple((str(one.pk), one.title) for one in pipelines))
    return field
