"""What records themselves and the parts below them let be found: comments, people, files."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from potok.disk import public as disk
from potok.disk.public import File
from potok.engine.values import RecordRef
from potok.people import public as people
from potok.people.public import Person
from potok.records import queries
from potok.records.models import Comment
from potok.records.record_types import record_types
from potok.records.search.sources import Page, Shown, Source, sources

COMMENT, PERSON, FILE = "comment", "person", "file"


def _said(ids: Collection[int]) -> Iterable[Page]:
    for one in Comment.objects.filter(pk__in=ids):
        yield Page(one.pk, one.text, one.author_id, [one.text], is_named=False)


def _heard_by(by: int | None, ids: Collection[int]) -> Collection[int]:
    about: dict[str, dict[int, int]] = defaultdict(dict)
    for id, kind, record in Comment.objects.filter(pk__in=ids).values_list("pk", "record_type", "record_id"):
        about[kind][id] = record
    open_ = {
        (kind, pk)
        for kind, records in about.items()
        if (of := record_types.get(kind))
        for pk in queries.rows(of, by=by).filter(pk__in=set(records.values())).values_list("pk", flat=True)
    }
    return [id for kind, records in about.items() for id, record in records.items() if (kind, record) in open_]


def _shown_comments(ids: Collection[int]) -> Mapping[int, Shown]:
    comments = Comment.objects.in_bulk(list(ids))
    titles = queries.titles({RecordRef(one.record_type, one.record_id) for one in comments.values()})
    shown = {}
    for id, one in comments.items():
        if of := record_types.get(one.record_type):
            title = titles.get(RecordRef(of.name, one.record_id), "")
            shown[id] = Shown(reverse("records:card", args=[of.path, one.record_id]), title, drawer=True)
    return shown


def _people(ids: Collection[int]) -> Iterable[Page]:
    places: dict[int, list[str]] = defaultdict(list)
    for person, name in Person.objects.filter(pk__in=ids).values_list("pk", "memberships__department__name"):
        places[person].append(name or "")
    for one in people.active().filter(pk__in=ids):
        texts = [one.patronymic, one.surname, one.position, one.email, *places[one.pk]]
        yield Page(one.pk, str(one), one.pk, texts)


def _everybody(by: int | None, ids: Collection[int]) -> Collection[int]:
    return list(people.active().filter(pk__in=ids).values_list("pk", flat=True))


def _shown_people(ids: Collection[int]) -> Mapping[int, Shown]:
    known = people.by_id(ids)
    return {id: Shown(reverse("people:person", args=[id]), one.position, drawer=True) for id, one in known.items()}


def _files(ids: Collection[int]) -> Iterable[Page]:
    for one in disk.by_id(ids, by=None).values():
        yield Page(one.pk, one.name, one.created_by_id)


def _files_for(by: int | None, ids: Collection[int]) -> Collection[int]:
    return list(disk.by_id(ids, by=by))


def _shown_files(ids: Collection[int]) -> Mapping[int, Shown]:
    return {id: Shown(one.url) for id, one in disk.by_id(ids, by=None).items()}


sources.add(PERSON, Source(_("People"), "users-round", _people, people.active, _everybody, _shown_people))
sources.add(COMMENT, Source(_("Comments"), "message-square", _said, Comment.objects.all, _heard_by, _shown_comments))
sources.add(FILE, Source(_("Files"), "file", _files, File.objects.all, _files_for, _shown_files))
