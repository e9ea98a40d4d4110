"""Every write of disk, a module per noun: `files.add(...)`, `limits.change(...)`."""

from potok.disk.operations import files, limits

__all__ = ["files", "limits"]
