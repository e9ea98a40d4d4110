"""Tags that are in use: offered to whoever types one, from the latest records that he sees."""

from collections import Counter

from potok.records import queries
from potok.records.fields import Tags
from potok.records.fields.tags import LENGTH_MAX
from potok.records.record_types import RecordType

LATEST = 2_000
MOST = 20


def offered(of: RecordType, field: Tags, typed: str, *, by: int | None) -> list[str]:
    """Tags that hold what was typed, those in most use first. What is typed and in no use yet comes along: before all
    others if none begins with it, else behind them."""
    fresh = str(field.item(typed[:LENGTH_MAX]))
    wanted = fresh.casefold()
    tagged = queries.rows(of, by=by).exclude(field.is_empty()).order_by("-pk").values_list(field.path, flat=True)
    used = Counter(tag for tags in tagged[:LATEST] for tag in tags if wanted in tag.casefold())
    found = [tag for tag, _count in used.most_common(MOST)]
    found.sort(key=lambda tag: (tag.casefold() != wanted, not tag.casefold().startswith(wanted)))
    if not wanted or any(tag.casefold() == wanted for tag in found):
        return found
    return [*found, fresh] if any(tag.casefold().startswith(wanted) for tag in found) else [fresh, *found]
