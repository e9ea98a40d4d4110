"""Pipelines and stages under foreign names. Abroad the first pipeline is number 0, and stages are a kind of status."""

from typing import Any

from pydantic import Field as Default

from potok.kit import wire
from potok.kit.calls import Call
from potok.kit.dialects import Arguments, Page, method, page
from potok.kit.errors import MISSING
from potok.records import catalogue
from potok.records.dialect import items, listing
from potok.records.dialect.naming import SEMANTICS, Dialect, dialects
from potok.records.dictionaries.declared import Dictionary, dictionaries, entries
from potok.records.models import Pipeline, Stage


class ListArguments(Arguments):
    """What to list."""

    filter: Any = Default(default_factory=dict)
    order: Any = Default(default_factory=dict)
    start: int = 0


class CategoryArguments(Arguments):
    """Of which entity, by its number."""

    entityTypeId: int  # noqa: N815 (the name on the wire)


def declare_stages() -> None:
    """Register the methods about stages and pipelines, once for all record types."""

    @method("crm.status.list", scope="crm")
    def statuses(call: Call, given: ListArguments) -> Page:
        """List the stages of all pipelines and the entries of all dictionaries."""
        terms = wire.read_filter(given.filter)
        with catalogue.remembered():
            rows = [row for dialect in _with_pipelines() for row in _statuses(dialect)]
            rows += [row for one in dictionaries.all().values() if one.entity for row in _entries(one)]
        kept = [row for row in rows if all(listing.holds(row, term) for term in terms)]
        return page(kept, start=min(given.start, 0), shown=len(kept), total=len(kept))

    @method("crm.dealcategory.list", scope="crm")
    def deal_categories(call: Call, given: ListArguments) -> Page:
        """List the pipelines of deals but the first, which has no number abroad."""
        with catalogue.remembered():
            rows = [_deal_category(one) for one in _pipelines(_of_number(2))[1:]]
        return page(rows, start=min(given.start, 0), shown=len(rows), total=len(rows))

    @method("crm.category.list", scope="crm")
    def categories(call: Call, given: CategoryArguments) -> Page:
        """List the pipelines of an entity."""
        with catalogue.remembered():
            dialect = _of_number(given.entityTypeId)
            rows = [_category(dialect, one) for one in _pipelines(dialect)]
        return page({"categories": rows}, start=0, shown=len(rows), total=len(rows))


def _with_pipelines() -> list[Dialect]:
    return [dialect for dialect in dialects.all().values() if dialect.record_type.pipeline]


def _of_number(number: int) -> Dialect:
    found = items.of_number(number)
    if not found.record_type.pipeline:
        raise MISSING(id=number)
    return found


def _pipelines(dialect: Dialect) -> list[Pipeline]:
    return catalogue.current().pipelines.get(dialect.record_type.name, [])


def _number(dialect: Dialect, pipeline: int) -> int:
    return 0 if pipeline == listing.first_pipeline(dialect) else pipeline


def _statuses(dialect: Dialect) -> list[dict[str, Any]]:
    stages = catalogue.current().stages.get(dialect.record_type.name, {}).values()
    return [_status(dialect, stage) for stage in stages]


def _status(dialect: Dialect, stage: Stage) -> dict[str, Any]:
    category = _number(dialect, stage.pipeline_id)
    semantics = SEMANTICS[stage.kind]
    told = None if stage.kind == Stage.OPEN else semantics
    return {
        "ID": str(stage.pk),
        "ENTITY_ID": f"{dialect.stage_entity}_{category}" if category else dialect.stage_entity,
        "STATUS_ID": stage.code,
        "NAME": stage.title,
        "NAME_INIT": "",
        "SORT": str((stage.order + 1) * 10),
        "SYSTEM": "N",
        "CATEGORY_ID": str(category),
        "COLOR": "",
        "SEMANTICS": told,
        "EXTRA": {"SEMANTICS": {"P": "process", "S": "success", "F": "failure"}[semantics], "COLOR": ""},
    }


def _entries(dictionary: Dictionary) -> list[dict[str, Any]]:
    return [
        {
            "ID": f"{dictionary.entity}:{code}",
            "ENTITY_ID": dictionary.entity,
            "STATUS_ID": code,
            "NAME": str(title),
            "NAME_INIT": "",
            "SORT": str((place + 1) * 10),
            "SYSTEM": "N",
            "CATEGORY_ID": None,
            "COLOR": "",
            "SEMANTICS": None,
        }
        for place, (code, title) in enumerate(entries()[dictionary.name])
    ]


def _deal_category(one: Pipeline) -> dict[str, Any]:
    return {"ID": str(one.pk), "NAME": one.title, "SORT": str(one.order * 100), "IS_LOCKED": "N"}


def _category(dialect: Dialect, one: Pipeline) -> dict[str, Any]:
    number = _number(dialect, one.pk)
    return {
        "id": number,
        "name": one.title,
        "sort": one.order * 100,
        "entityTypeId": dialect.number,
        "isDefault": "Y" if number == 0 else "N",
    }
