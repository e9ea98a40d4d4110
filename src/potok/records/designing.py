"""What a part needs that lets customers design record types: their fields, and what goes with one that is removed."""

from potok.records import catalogue
from potok.records.exchange.models import Import
from potok.records.fields import Field
from potok.records.models import Comment, Counter, CustomField, Draft, History, Layout, Limit, Pipeline, Share, View


def forget(record_type: str) -> None:
    """Remove fields, pipelines, views, drafts, comments, imports and the history of a type; its rows are gone."""
    for kept in (CustomField, Limit, Pipeline, Share, Layout, Counter, View, Draft, Comment, Import, History):
        kept.objects.filter(record_type=record_type).delete()


def added_fields(record_type: str) -> list[Field]:
    """The fields that were added to a type, whether it is in use or in an archive."""
    return [catalogue.field_of(row) for row in CustomField.objects.filter(record_type=record_type)]
