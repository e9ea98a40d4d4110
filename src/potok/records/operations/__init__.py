"""Writes about records beside the records themselves: comments, views, pipelines, custom fields, dictionaries."""

from potok.records.operations import comments, custom_fields, dictionaries, drafts, pipelines, views

__all__ = ["comments", "custom_fields", "dictionaries", "drafts", "pipelines", "views"]
