"""Any values there are, for laws."""

from datetime import UTC

from hypothesis import strategies as some

from potok.engine.values import Duration, FileRef, Money, PersonRef, RecordRef, Value

ids = some.integers(1, 2**63)
small = some.integers(-10_000, 10_000)
amounts = some.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12)
moments = some.datetimes(timezones=some.just(UTC))
single: some.SearchStrategy[Value] = some.one_of(
    some.none(),
    some.text(),
    some.booleans(),
    some.integers(-(10**30), 10**30),
    some.decimals(allow_nan=False, allow_infinity=False),
    some.dates(),
    moments,
    some.builds(Duration, small, small, small),
    some.builds(Money, amounts, some.sampled_from(["RUB", "EUR"])),
    some.builds(PersonRef, ids),
    some.builds(RecordRef, some.sampled_from(["crm.deal", "crm.company"]), ids),
    some.builds(FileRef, ids),
)
values: some.SearchStrategy[Value] = single | some.lists(single, max_size=4).map(tuple)
