"""Every write of processes, a module per noun: `definitions.publish(...)`, `assignments.complete(...)`."""

from potok.processes.operations import assignments, definitions, directing, handover, incidents, instances, trials

__all__ = ["assignments", "definitions", "directing", "handover", "incidents", "instances", "trials"]
