"""Designing record types: without code and without a restart, in all processes at once."""

from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.kit.operations import operation
from potok.lists import record, rules
from potok.lists.models import Design, Item
from potok.records import public as records
from potok.records.public import SETTINGS, Stage


@operation("lists.type.add", needs=SETTINGS)
def add(
    call: Call, *, singular: str, plural: str, code: str = "", icon: str = "list", pipeline: bool = False
) -> Design:
    """Design a record type. Its code is made of its name where none is given; with a pipeline it begins with one."""
    _check(singular=singular, plural=plural, icon=icon)
    design = Design.objects.create(
        code=_free_code(code, plural=plural),
        singular=singular.strip(),
        plural=plural.strip(),
        icon=icon,
        pipeline=pipeline,
        made_at=call.at,
    )
    records.changed()
    if pipeline:
        _first_pipeline(call, design)
    return design


@operation("lists.type.change", needs=SETTINGS)
def change(call: Call, *, design: Design, singular: str, plural: str, icon: str, pipeline: bool) -> Design:
    """Change what it is called and whether it has stages; its code stays, since processes and REST count on it."""
    _check(singular=singular, plural=plural, icon=icon, but=design.pk)
    begins = pipeline and not design.pipeline
    design.singular, design.plural, design.icon, design.pipeline = singular.strip(), plural.strip(), icon, pipeline
    design.save()
    records.changed()
    if begins:
        _first_pipeline(call, design)
    return design


@operation("lists.type.archive", needs=SETTINGS)
def archive(call: Call, *, design: Design) -> Design:
    """Put a type away: nobody sees it or its records, and nothing is lost."""
    design.archived_at = design.archived_at or call.at
    design.save(update_fields=["archived_at"])
    records.changed()
    return design


@operation("lists.type.restore", needs=SETTINGS)
def restore(call: Call, *, design: Design) -> Design:
    """Take a type back out of the archive, with all its records."""
    design.archived_at = None
    design.save(update_fields=["archived_at"])
    records.changed()
    return design


@operation("lists.type.remove", needs=SETTINGS)
def remove(call: Call, *, design: Design) -> None:
    """Remove an archived type for good: if it is empty, or if nothing came after all of it was written into a file."""
    if design.archived_at is None:
        raise rules.NOT_ARCHIVED(title=design.plural)
    held = Item.objects.filter(record_type=design.name)
    later = held if design.exported_at is None else held.filter(changed_at__gt=design.exported_at)
    if later.exists():
        raise rules.HOLDS_RECORDS(title=design.plural, count=held.count())
    held.delete()
    records.forget(design.name)
    design.delete()
    records.changed()


@operation("lists.type.note_export", needs=SETTINGS)
def note_export(call: Call, *, design: Design) -> Design:
    """Note that all records of a type have been written into a file."""
    design.exported_at = call.at
    design.save(update_fields=["exported_at"])
    return design


def _check(*, singular: str, plural: str, icon: str, but: int = 0) -> None:
    if not singular.strip() or not plural.strip():
        raise rules.UNTITLED(place="plural" if singular.strip() else "singular")
    if icon not in rules.ICONS:
        raise rules.UNKNOWN_ICON(place="icon", icon=icon)
    own = record.record_type(Design.objects.get(pk=but)).name if but else ""
    taken = {one.plural.casefold() for name, one in records.record_types.all().items() if name != own}
    taken |= {one.plural.casefold() for one in Design.objects.exclude(pk=but)}
    if plural.strip().casefold() in taken:
        raise rules.TAKEN(place="plural", title=plural.strip())


def _free_code(given: str, *, plural: str) -> str:
    """Codes are never used twice: history and processes may still name the old one."""
    code = given.strip() or rules.code_of(plural, spelled=records.field_name(plural))
    if not records.is_field_name(code) or len(code) > rules.CODE_LENGTH_MAX:
        raise rules.WRONG_CODE(place="code")
    taken = set(Design.objects.values_list("code", flat=True))
    if given.strip() and code in taken:
        raise rules.TAKEN(place="code", title=code)
    number, free = 1, code
    while free in taken:
        number += 1
        free = f"{code}_{number}"
    return free


def _first_pipeline(call: Call, design: Design) -> None:
    """Stages to begin with; records that are there already stand on the first one."""
    from django.utils.translation import gettext as _

    if records.Pipeline.objects.filter(record_type=design.name).exists():
        return
    stages = [
        {"title": _("New"), "code": "NEW"},
        {"title": _("Success"), "kind": Stage.WON, "code": "WON"},
        {"title": _("Failure"), "kind": Stage.LOST, "code": "LOSE"},
    ]
    pipeline = records.pipelines.add(call.by_system(), record_type=design.name, title=_("Main"), stages=stages)
    first = pipeline.stages.first()
    Item.objects.filter(record_type=design.name, stage=None).update(pipeline=pipeline, stage=first)


def found(id: int) -> Design:
    """One design, or a refusal."""
    design = Design.objects.filter(pk=id).first()
    if design is None:
        raise MISSING(id=id)
    return design
