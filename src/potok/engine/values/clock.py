"""The clock on a wall."""

from datetime import datetime, tzinfo


def on_clock(at: datetime, zone: tzinfo) -> datetime:
    """Tell what the zone's clock shows at a moment; where the calendar ends it goes by UTC."""
    try:
        return at.astimezone(zone)
    except OverflowError:
        return at
