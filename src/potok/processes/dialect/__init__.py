"""Processes under Bitrix24's names: `bizproc.workflow.*`, `bizproc.workflow.template.*`, `bizproc.task.*`."""

from potok.processes.dialect import assignments, templates, workflows  # noqa: F401 (they register their methods)
