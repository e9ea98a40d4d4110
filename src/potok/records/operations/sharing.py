"""What of records is shown to whom beside what roles say: records shared, fields and pipelines left out."""

from potok.kit.calls import Call
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.events import announce, touch
from potok.kit.operations import operation
from potok.kit.permissions import permissions
from potok.people import public as people
from potok.people.public import Role
from potok.records import access, catalogue, queries, rules
from potok.records.events import RecordShared
from potok.records.limits import NEVER
from potok.records.models import Limit, Pipeline, Record, Share
from potok.records.record_types import record_types

HOLDERS = {"person": "user_", "subtree": "group_dr", "group": "group_g"}


@operation("records.share.give", needs="")
def give(call: Call, *, record: Record, holder: str, may_edit: bool = False) -> Share:
    """Show a record to a person, a group or a department with all below it; `holder` is a code such as `group_dr5`."""
    _check_may_share(call, record)
    named = {"record_type": record.record_type, "record_id": record.pk, "holder": _holder(holder), "observes": False}
    given = {"may_edit": may_edit, "by_id": call.author, "at": call.at}
    share, _ = Share.objects.update_or_create(**named, defaults=given)
    _tell(call, record, share.holder, gone=False)
    return share


@operation("records.share.take", needs="")
def take(call: Call, *, record: Record, holder: str) -> None:
    """Show a record no longer to whom it was shown."""
    _check_may_share(call, record)
    given = {"record_type": record.record_type, "record_id": record.pk, "holder": holder}
    Share.objects.filter(**given, observes=False).delete()
    _tell(call, record, holder, gone=True)


@operation("records.limit.set", needs=people.permissions.EDIT_ROLES)
def limit(
    call: Call, *, role: Role, record_type: str, field: str = "", pipeline: Pipeline | None = None, level: str = ""
) -> None:
    """Hide a field or a pipeline from a role, or let it only be read; an empty level takes the limit away."""
    of = queries.type_named(record_type)
    if bool(field) == (pipeline is not None) or level not in ("", *Limit.LEVELS):
        raise MISSING(id=field or level)
    if field and (field in NEVER or field not in catalogue.whole().of(of)):
        raise rules.UNLIMITED(place="field", field=field)
    found = Limit.objects.filter(role=role, record_type=of.name, field=field, pipeline=pipeline)
    if not level:
        found.delete()
    elif not found.update(level=level):
        Limit.objects.create(role=role, record_type=of.name, field=field, pipeline=pipeline, level=level)
    catalogue.changed()


def _holder(code: str) -> str:
    kind, id = people.codes.read(code)
    plain = f"{HOLDERS.get(kind, '')}{id}"
    if kind not in HOLDERS or plain not in people.codes.existing():
        raise rules.NOBODY_TO_SHARE(place="holder")
    return plain


def _check_may_share(call: Call, record: Record) -> None:
    """Whoever may change a record by his role may show it to others; what was only shown to him he does not pass on."""
    of = record_types[record.record_type]
    queries.find(of, record.pk, by=call.by)
    if not access.reach(call.by, of, "edit").covers_by_role(record):
        raise FORBIDDEN(permission=permissions[of.may("edit")].title)


def _tell(call: Call, record: Record, holder: str, *, gone: bool) -> None:
    announce(RecordShared(call=call, type=record.record_type, id=record.pk, holder=holder, gone=gone))
    touch(record.record_type, record.pk)
