"""Calendar arithmetic: intervals, adding them to dates and moments, what a zone's clock shows, working time,
schedules."""

from .adding import add
from .interval import names_weeks, read
from .public_holidays import holidays_of
from .schedule import Schedule
from .working import OFFICE_WEEK, NoWorkingTime, Shift, Shifts, WorkingTime
from .zone import local, utc

__all__ = [
    "OFFICE_WEEK",
    "NoWorkingTime",
    "Schedule",
    "Shift",
    "Shifts",
    "WorkingTime",
    "add",
    "holidays_of",
    "local",
    "names_weeks",
    "read",
    "utc",
]
