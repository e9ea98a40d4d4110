"""The stage of a record in its pipeline. The value is the stage's code."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Q

from potok.engine.values import CHOICE, Type, Value
from potok.records.fields.field import EQUALS, Field


@dataclass(frozen=True)
class StageField(Field):
    """A stage; which ones there are is the administrators' matter (see `records.catalogue`)."""

    options: tuple[tuple[str, Any], ...] = ()

    kind: ClassVar[str] = "stage"
    operators: ClassVar[tuple[str, ...]] = EQUALS
    widget: ClassVar[str] = "choice"

    @property
    def item_type(self) -> Type:
        return CHOICE

    def item(self, raw: Any) -> Value:
        return str(getattr(raw, "code", raw)).strip()

    def of(self, row: Any) -> Value:
        code: str | None = row.stage.code if row.stage_id else None
        return code

    @property
    def path(self) -> str:
        return "stage__code"

    @property
    def order(self) -> str:
        return "stage__order"

    def is_empty(self) -> Q:
        return Q(stage=None)


@dataclass(frozen=True)
class PipelineField(Field):
    """A pipeline; the value is its id as text."""

    options: tuple[tuple[str, Any], ...] = ()

    kind: ClassVar[str] = "pipeline"
    operators: ClassVar[tuple[str, ...]] = EQUALS
    widget: ClassVar[str] = "choice"

    @property
    def item_type(self) -> Type:
        return CHOICE

    def item(self, raw: Any) -> Value:
        return str(getattr(raw, "pk", raw)).strip()

    def of(self, row: Any) -> Value:
        return str(row.pipeline_id) if row.pipeline_id else None

    @property
    def path(self) -> str:
        return "pipeline"
