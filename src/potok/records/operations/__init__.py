"""Writes about records beside the records themselves: comments, views, pipelines, fields, dictionaries, rights."""

from potok.records.operations import comments, custom_fields, dictionaries, drafts, layouts, pipelines, sharing, views

__all__ = ["comments", "custom_fields", "dictionaries", "drafts", "layouts", "pipelines", "sharing", "views"]
