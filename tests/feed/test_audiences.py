"""Who sees what, against a reference that looks at one person and one post at a time."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from potok.feed import access
from potok.feed.models import Entry
from potok.kit import live
from potok.people.public import Person
from tests.company import Company
from tests.feed.conftest import Write

NAMES = ("alice", "bob", "carol", "dan", "fay", "ann")
ABOVE = {"alice": ("whole", "sales"), "bob": ("whole", "sales"), "carol": ("whole", "warehouse"), "dan": ("whole",)}
ABOVE |= {"fay": ("whole", "sales", "partners"), "ann": ()}
PLACES = ("whole", "sales", "partners", "warehouse")
MEANT = st.one_of(st.just("all"), st.just("group"), st.sampled_from(NAMES), st.sampled_from(PLACES))


def code(company: Company, meant: str) -> str:
    if meant == "all":
        return meant
    one = getattr(company, meant)
    spelled = "group_g" if meant == "group" else "user_" if isinstance(one, Person) else "group_dr"
    return f"{spelled}{one.pk}"


def sees(name: str, author: str, meant: list[str]) -> bool:
    in_group = name in ("bob", "carol") and "group" in meant
    return name == author or "all" in meant or name in meant or in_group or bool({*ABOVE[name]} & {*meant})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(author=st.sampled_from(NAMES), meant=st.lists(MEANT, min_size=1, max_size=4))
def test_a_post_is_seen_by_its_author_and_by_those_whom_it_means(
    company: Company, write: Write, author: str, meant: list[str]
) -> None:
    post = write(getattr(company, author), audience=[code(company, one) for one in meant])
    expected = {name for name in NAMES if sees(name, author, meant)}
    people = {name: getattr(company, name).pk for name in (*NAMES, "eve")}
    assert {name for name, pk in people.items() if access.visible_to(pk).filter(pk=post.pk).exists()} == expected
    hear = {name for name, pk in people.items() if ("feed", post.pk) in live.heard([("feed", post.pk)], by=pk)}
    assert hear == expected
    Entry.objects.all().delete()
