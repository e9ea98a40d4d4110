"""Processes under Bitrix24's names: `bizproc.workflow.*`, `bizproc.workflow.template.*`, `bizproc.task.*`; and what
goes with them: `bizproc.startlist.*`."""

from potok.processes.dialect import (  # noqa: F401 (they register their methods)
    assignments,
    start_lists,
    templates,
    workflows,
)
