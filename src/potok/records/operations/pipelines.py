"""Pipelines and stages, which administrators keep."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy

from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.kit.operations import operation
from potok.kit.permissions import permission
from potok.records import catalogue, queries, rules
from potok.records.models import Pipeline, Stage
from potok.records.writing import verbs

SETTINGS = permission("records.settings.edit", gettext_lazy("Change pipelines, stages and fields"))
SCREEN_CODE_LENGTH = 40
AT_ONCE = 500


@operation("records.pipeline.add", needs=SETTINGS)
def add(call: Call, *, record_type: str, title: str, stages: Sequence[Mapping[str, Any]] = ()) -> Pipeline:
    """Add a pipeline with its stages, each `{code, title, kind}`; the first pipeline is the usual one."""
    queries.type_named(record_type)
    _check_title(title, [one.title for one in Pipeline.objects.filter(record_type=record_type)])
    last = Pipeline.objects.filter(record_type=record_type).aggregate(last=Max("order"))["last"]
    pipeline = Pipeline.objects.create(record_type=record_type, title=title.strip(), order=(last or 0) + 1)
    for place, stage in enumerate(stages):
        _make(
            pipeline, title=stage["title"], kind=stage.get("kind", Stage.OPEN), code=stage.get("code", ""), order=place
        )
    catalogue.changed()
    return pipeline


@operation("records.pipeline.rename", needs=SETTINGS)
def rename(call: Call, *, pipeline: Pipeline, title: str) -> Pipeline:
    """Give a pipeline another name."""
    others = Pipeline.objects.filter(record_type=pipeline.record_type).exclude(pk=pipeline.pk)
    _check_title(title, [one.title for one in others])
    pipeline.title = title.strip()
    pipeline.save(update_fields=["title"])
    catalogue.changed()
    return pipeline


@operation("records.pipeline.remove", needs=SETTINGS)
def remove(call: Call, *, pipeline: Pipeline) -> None:
    """Remove a pipeline in which no record is."""
    if count := queries.type_named(pipeline.record_type).rows().filter(pipeline=pipeline).count():
        raise rules.PIPELINE_USED(pipeline=pipeline.title, count=count)
    pipeline.delete()
    catalogue.changed()


@operation("records.stage.add", needs=SETTINGS)
def add_stage(call: Call, *, pipeline: Pipeline, title: str, kind: str = Stage.OPEN, code: str = "") -> Stage:
    """Add a stage behind the last open one, or at the end if it is a final one."""
    known = list(Stage.objects.filter(pipeline=pipeline))
    _check_title(title, [stage.title for stage in known])
    place = sum(1 for stage in known if kind != Stage.OPEN or stage.kind == Stage.OPEN)
    stage = _make(pipeline, title=title, kind=kind, code=code, order=place)
    _number([*known[:place], stage, *known[place:]])
    catalogue.changed()
    return stage


@operation("records.stage.change", needs=SETTINGS)
def change_stage(call: Call, *, stage: Stage, title: str, kind: str) -> Stage:
    """Give a stage another name or kind; its code stays, so that processes and REST still find it."""
    others = list(Stage.objects.filter(pipeline=stage.pipeline_id).exclude(pk=stage.pk))
    _check_title(title, [one.title for one in others])
    if kind != Stage.OPEN and not any(one.kind == Stage.OPEN for one in others):
        raise rules.LAST_STAGE()
    stage.title, stage.kind = title.strip(), kind
    stage.save(update_fields=["title", "kind"])
    catalogue.changed()
    return stage


@operation("records.stage.order", needs=SETTINGS)
def order_stages(call: Call, *, pipeline: Pipeline, stages: Sequence[int]) -> None:
    """Put the stages of a pipeline into this order; those not named stay behind."""
    known = {stage.pk: stage for stage in Stage.objects.filter(pipeline=pipeline)}
    named = [known.pop(id) for id in stages if id in known]
    _number([*named, *known.values()])
    catalogue.changed()


@operation("records.stage.remove", needs=SETTINGS)
def remove_stage(call: Call, *, stage: Stage, to: Stage | None = None) -> None:
    """Remove a stage; the records on it go to another one, with history and all that follows from a move."""
    rows = queries.type_named(stage.record_type).rows().filter(stage=stage)
    if to is None and (count := rows.count()):
        raise rules.STAGE_USED(stage=stage.title, count=count)
    if to is not None and (to.pk == stage.pk or to.record_type != stage.record_type):
        raise rules.SAME_PLACE(place="to")
    if not Stage.objects.filter(pipeline=stage.pipeline_id, kind=Stage.OPEN).exclude(pk=stage.pk).exists():
        raise rules.LAST_STAGE()
    if to is not None:
        _move_all(call, stage, to)
    stage.delete()
    catalogue.changed()


def _move_all(call: Call, stage: Stage, to: Stage) -> None:
    """In the name of the system: whoever changes settings need not have a right to each record."""
    of = queries.type_named(stage.record_type)
    values = {"pipeline": str(to.pipeline_id), "stage": to.code}
    standing = of.rows().filter(stage=stage)
    while batch := list(standing.filter(removed_at=None).order_by("pk")[:AT_ONCE]):
        for moved in verbs[of.name].change.many(
            [(call.by_system(), {"record": row, "values": values}) for row in batch]
        ):
            if isinstance(moved, Refused):
                raise moved
    # What lies in the trash is not changed by anybody; it only must not stand on what is gone.
    standing.update(stage=to, pipeline=to.pipeline)


def _make(pipeline: Pipeline, *, title: str, kind: str, code: str, order: int) -> Stage:
    if kind not in Stage.KINDS:
        raise rules.WRONG_KIND(place="kind", kind=kind, known=", ".join(Stage.KINDS))
    taken = set(Stage.objects.filter(record_type=pipeline.record_type).values_list("code", flat=True))
    return Stage.objects.create(
        pipeline=pipeline,
        record_type=pipeline.record_type,
        code=_free_code(code or rules.field_name(title).upper(), pipeline, taken),
        title=title.strip(),
        kind=kind,
        order=order,
    )


def _free_code(wanted: str, pipeline: Pipeline, taken: set[str]) -> str:
    """Codes of later pipelines begin with the pipeline's number, as REST clients expect: `C2:NEW`."""
    first = Pipeline.objects.filter(record_type=pipeline.record_type).order_by("order", "id").first()
    prefix = "" if first is None or first.pk == pipeline.pk else f"C{pipeline.pk}:"
    code = prefix + wanted.removeprefix(prefix)[:SCREEN_CODE_LENGTH]
    number = 1
    while code in taken:
        number += 1
        code = f"{prefix}{wanted}_{number}"
    return code


def _number(stages: Sequence[Stage]) -> None:
    for place, stage in enumerate(stages):
        stage.order = place
    Stage.objects.bulk_update(stages, ["order"])


def _check_title(title: str, others: Sequence[str]) -> None:
    if not title.strip():
        raise rules.UNTITLED(place="title")
    if title.strip().casefold() in {one.casefold() for one in others}:
        raise rules.DOUBLED(place="title", title=title.strip())
