"""Writes about records beside the records themselves: comments, views, pipelines, custom fields."""

from potok.records.operations import comments, custom_fields, drafts, pipelines, views

__all__ = ["comments", "custom_fields", "drafts", "pipelines", "views"]
