"""The screens of processes: assignments, instances, definitions, the tab on every record card."""
