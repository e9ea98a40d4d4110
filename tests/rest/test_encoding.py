"""PHP's bracket grammar in, PHP's lists out: what real clients send and expect."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.kit.dialects import WireError
from potok.rest import encoding

CASES = {
    "": {},
    "a=1&b=2": {"a": "1", "b": "2"},
    "a[b][c]=v&a[b][d]=w": {"a": {"b": {"c": "v", "d": "w"}}},
    "a[]=v&a[]=w": {"a": ["v", "w"]},
    "a[0]=v&a[1]=w": {"a": ["v", "w"]},
    "a[1]=v&a[0]=w": {"a": ["w", "v"]},
    "a[1]=v&a[2]=w": {"a": {"1": "v", "2": "w"}},
    "a[][b]=1&a[][b]=2": {"a": [{"b": "1"}, {"b": "2"}]},
    "filter%5B%3E%3DID%5D=5&": {"filter": {">=ID": "5"}},
    "SELECT[]=": {"SELECT": {}},
    "fields[TITLE]=": {"fields": {"TITLE": ""}},
    "a=1&a=2": {"a": "2"},
    "a=1&a[b]=2": {"a": {"b": "2"}},
    "a+b=c+d&e=%D0%9F": {"a b": "c d", "e": "П"},
    "a[b=c": {"a[b": "c"},
    "[b]=c": {"[b]": "c"},
    "filter[::SUBFILTER-PARAMS][FAVORITE]=Y": {"filter": {"::SUBFILTER-PARAMS": {"FAVORITE": "Y"}}},
    "cmd[x]=crm.deal.get%3FID%3D1": {"cmd": {"x": "crm.deal.get?ID=1"}},
}


@pytest.mark.parametrize(("text", "read"), CASES.items())
def test_a_query_is_read_as_php_reads_it(text: str, read: Any) -> None:
    assert encoding.read_query(text) == read


def test_nesting_is_bounded() -> None:
    with pytest.raises(WireError, match="too deep"):
        encoding.read_query("a" + "[b]" * 50 + "=1")


PHP = [
    ({}, []),
    ({"0": "a", "1": "b"}, ["a", "b"]),
    ({"1": "a"}, {"1": "a"}),
    ({"a": {}, "b": [{}]}, {"a": [], "b": [[]]}),
    ((1, None), [1, None]),
]


@pytest.mark.parametrize(("value", "written"), PHP)
def test_maps_are_written_as_php_writes_them(value: Any, written: Any) -> None:
    assert encoding.as_php(value) == written


def test_a_json_map_numbered_from_zero_is_a_list() -> None:
    assert encoding.listed({"0": {"logic": "OR", "0": 1}, "1": 2}) == [{"logic": "OR", "0": 1}, 2]


names = st.text(st.characters(exclude_characters="[]", codec="utf-8"), min_size=1, max_size=5)


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=5)), max_size=12))
def test_any_pairs_are_read_into_something(pairs: list[tuple[str, str]]) -> None:
    assert isinstance(encoding.nest(pairs), dict)


@given(
    st.recursive(
        st.text(min_size=1, max_size=4),
        lambda below: st.dictionaries(names, below, min_size=1, max_size=3),
        max_leaves=8,
    )
)
def test_what_a_client_nests_comes_back(value: Any) -> None:
    def flat(prefix: str, below: Any) -> list[tuple[str, str]]:
        if isinstance(below, str):
            return [(prefix, below)]
        return [pair for key, deeper in below.items() for pair in flat(f"{prefix}[{key}]", deeper)]

    assert encoding.nest(flat("x", value)) == {"x": encoding.listed(value)}
