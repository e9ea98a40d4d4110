"""What records offer to other parts.

from potok.records import public as records
    deal = records.declare(records.RecordType("crm.deal", …))
    records.verbs["crm.deal"].change(call, record=row, values={"stage": "PAID"})
"""

from potok.records import access, attachments, dialect, fields, guards
from potok.records.beside import Beside, besides, remember
from potok.records.catalogue import Catalogue, changed, current, remembered, whole
from potok.records.conditions import order, search, where
from potok.records.designing import added_fields, forget
from potok.records.dictionaries.declared import Dictionary
from potok.records.dictionaries.declared import declare as declare_dictionary
from potok.records.dictionaries.declared import entries as dictionary_entries
from potok.records.duplicates import public as merging
from potok.records.exchange import export as exports
from potok.records.filling import fill
from potok.records.kept_lists import kept_lists, views_of
from potok.records.lines import Line, next_steps, process_lines
from potok.records.list_tools import ListTool, list_tools
from potok.records.models import (
    Comment,
    CustomField,
    History,
    Limit,
    Marked,
    Pipeline,
    Record,
    Records,
    Share,
    Stage,
    View,
    mark_indexes,
    record_indexes,
)
from potok.records.operations import comments, custom_fields, dictionaries, layouts, pipelines, sharing, views
from potok.records.operations.pipelines import SETTINGS
from potok.records.queries import GONE, Gone, find, get, load, rows, titles, type_named, types_of, value
from potok.records.rates import Rate
from potok.records.rates import sources as rate_sources
from potok.records.record_types import DESIGNED_PATH, RecordType, declare, permit, record_types
from potok.records.rules import field_name, is_field_name
from potok.records.screens.rights import may
from potok.records.search import public as searching
from potok.records.writing import Clash, Verbs, plain, snapshot, verbs

__all__ = [
    "DESIGNED_PATH",
    "GONE",
    "SETTINGS",
    "Beside",
    "Catalogue",
    "Clash",
    "Comment",
    "CustomField",
    "Dictionary",
    "Gone",
    "History",
    "Limit",
    "Line",
    "ListTool",
    "Marked",
    "Pipeline",
    "Rate",
    "Record",
    "RecordType",
    "Records",
    "Share",
    "Stage",
    "Verbs",
    "View",
    "access",
    "added_fields",
    "attachments",
    "besides",
    "changed",
    "comments",
    "current",
    "custom_fields",
    "declare",
    "declare_dictionary",
    "dialect",
    "dictionaries",
    "dictionary_entries",
    "exports",
    "field_name",
    "fields",
    "fill",
    "find",
    "forget",
    "get",
    "guards",
    "is_field_name",
    "kept_lists",
    "layouts",
    "list_tools",
    "load",
    "mark_indexes",
    "may", "merging",
    "next_steps",
    "order",
    "permit",
    "pipelines",
    "plain",
    "process_lines",
    "rate_sources",
    "record_indexes",
    "record_types",
    "remember",
    "remembered",
    "rows",
    "search",
    "searching",
    "sharing",
    "snapshot",
    "titles",
    "type_named",
    "types_of",
    "value",
    "verbs",
    "views",
    "views_of",
    "where",
    "whole",
]  # fmt: skip
