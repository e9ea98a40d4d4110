"""Calendar arithmetic: intervals, adding them to dates and moments, what a zone's clock shows."""

from .adding import add
from .interval import read
from .zone import local, utc

__all__ = ["add", "local", "read", "utc"]
