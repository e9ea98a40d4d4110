"""Every write of processes, a module per noun: `definitions.publish(...)`, `assignments.complete(...)`."""

from potok.processes.operations import (
    assignments,
    commands,
    definitions,
    directing,
    handover,
    incidents,
    instances,
    messages,
    migrations,
    repair,
    shared,
    sharing,
    stages,
    start_lists,
    trials,
    versions,
)

__all__ = [
    "assignments",
    "commands",
    "definitions",
    "directing",
    "handover",
    "incidents",
    "instances",
    "messages",
    "migrations",
    "repair",
    "shared",
    "sharing",
    "stages",
    "start_lists",
    "trials",
    "versions",
]
