"""Between a moment and what the clock on a wall of some zone shows."""

from datetime import UTC, datetime, tzinfo

from potok.engine.values import on_clock


def local(at: datetime, *, zone: tzinfo) -> datetime:
    """Tell what the zone's clock shows at a moment, without a zone of its own."""
    return on_clock(at, zone).replace(tzinfo=None, fold=0)


def utc(shown: datetime, *, zone: tzinfo) -> datetime:
    """Tell at which moment the zone's clock shows this.

    A time that daylight saving skips moves forward by what is skipped; of one that comes twice it is the first.
    """
    # PEP 495: with fold=0 a skipped time is read with the offset before the change, a doubled one as the first.
    return shown.replace(tzinfo=zone, fold=0).astimezone(UTC)
