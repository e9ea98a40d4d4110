"""Duplicates under Bitrix24's names."""

from typing import Any

from pydantic import Field as Default

from potok.kit.calls import Call
from potok.kit.dialects import Arguments, WireError, method
from potok.kit.errors import Forbidden, Refused
from potok.records import queries
from potok.records.dialect import items
from potok.records.dialect.naming import dialects
from potok.records.duplicates import finding, likeness, operations

VALUES_MAX = 20
ENTITIES = ("LEAD", "CONTACT", "COMPANY")
SUCCESS, ERROR = "SUCCESS", "ERROR"


class FindArguments(Arguments):
    """What to look for: phones or mails, among one kind of records or all."""

    type: str
    values: list[str] = Default(default_factory=list)
    entity_type: str = ""


@method("crm.duplicate.findbycomm", scope="crm")
def find(call: Call, given: FindArguments) -> Any:
    """Tell which leads, contacts and companies have one of these phones or mails."""
    read = {"PHONE": likeness.phone, "EMAIL": likeness.email}.get(given.type.upper())
    if read is None:
        raise WireError("400", "Communication type is not defined")
    if not given.values:
        raise WireError("400", "Communication values is not defined")
    sort = likeness.PHONE if read is likeness.phone else likeness.EMAIL
    asked = {(sort, key) for text in given.values[:VALUES_MAX] if (key := read(text))}
    names = {one.record_type.name: one.entity for one in dialects.all().values() if one.entity in ENTITIES}
    wanted = [name for name, entity in names.items() if given.entity_type.upper() in ("", entity)]
    if not wanted:
        raise WireError("400", "Entity type is not supported")
    found: dict[str, list[int]] = {}
    for one in finding.by_keys(asked, by=call.by, kinds=wanted):
        found.setdefault(names[one.record.type], []).append(one.record.id)
    # An empty object is an empty list over there, as in the system these names come from.
    return {entity: sorted(ids) for entity, ids in found.items()} or []


class Merged(Arguments):
    """Which records become one: the first of them stays."""

    entityTypeId: int  # noqa: N815 (the name on the wire)
    entityIds: list[int]  # noqa: N815 (the name on the wire)


class MergeArguments(Arguments):
    """What to merge."""

    params: Merged


@method("crm.entity.mergeBatch", scope="crm")
def merge(call: Call, given: MergeArguments) -> dict[str, Any]:
    """Make several records one; the first stays, the others go into the trash. Whatever is refused changes nothing."""
    of = items.of_number(given.params.entityTypeId).record_type
    ids = list(dict.fromkeys(given.params.entityIds))
    if len(ids) < 2:
        raise WireError("400", "At least two entity ids are expected")
    found = {row.pk: row for row in queries.rows(of, by=call.by).filter(pk__in=ids)}
    if len(found) < len(ids):
        return {"STATUS": ERROR, "ENTITY_IDS": ids}
    kept, *lost = [found[id] for id in ids]
    [made] = operations.merge.many([(call, {"kept": kept, "lost": lost})])
    if isinstance(made, Forbidden):
        raise WireError("403", "Access denied")
    return {"STATUS": ERROR if isinstance(made, Refused) else SUCCESS, "ENTITY_IDS": ids}
