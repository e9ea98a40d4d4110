"""Every write of processes, a module per noun: `definitions.publish(...)`, `assignments.complete(...)`."""

from potok.processes.operations import assignments, definitions, incidents, instances

__all__ = ["assignments", "definitions", "incidents", "instances"]
