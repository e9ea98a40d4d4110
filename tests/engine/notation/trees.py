"""Any block tree: what the laws are tried on."""

from hypothesis import strategies as st

from potok.engine.graph import Declaration, Header, On, Trigger
from potok.engine.notation.tree import Step, Tree
from potok.engine.notation.tree.constructs import (
    Assign,
    Block,
    Branch,
    Call,
    Choice,
    Loop,
    Parallel,
    Pause,
    Race,
    Terminate,
    Wait,
    Way,
)
from potok.engine.values import NUMBER, TEXT, YES_NO

# Texts that YAML might take for something else, lines and spaces at odd places.
TRICKY = ("yes", "no", "null", "~", "1", "1.50", "-0", "2026-11-22", "true", " a", "a ", "a: b", "- a", "#", "'", '"', "a\nb",  # noqa: E501
          "a\n", "\n", "\t", "да", "«ё»", "%", "@", "&a", "*a", "!x", "|", "{", "[", "0x1F", "1e3", "=", "<<", "😀", "\\n", "")  # fmt: skip  # noqa: E501
WORDS = st.one_of(
    st.sampled_from(TRICKY), st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co")), max_size=20)
)
PLAIN = WORDS.filter(lambda text: "{=" not in text and not text.startswith("="))
NAMED = {"title": WORDS, "note": WORDS}

say = st.builds(Block, block=st.just("status_text"), params=st.fixed_dictionaries({"text": PLAIN}), **NAMED)
ask = st.builds(
    Block,
    block=st.just("approve"),
    params=st.fixed_dictionaries({"to": st.sampled_from(["user_7", ["user_7", "group_d5"]]), "title": PLAIN}),
    save_point=st.booleans(),
    **NAMED,
)
pause = st.builds(Pause, lasts=st.sampled_from(["1 hour", "2 days"]), **NAMED)
message = st.builds(Wait, message=st.sampled_from(["paid", "called"]), **NAMED)
condition = st.builds(Wait, when=st.just({"field": "stage", "value": "WON"}), **NAMED)
called = st.builds(
    Call, definition=st.just("contract-check"), params=st.just({"limit": 1}), wait=st.booleans(), **NAMED
)
count = st.builds(Assign, values=st.just({"n": "={=Variable:n} + 1"}), **NAMED)
leaves = st.one_of(say, say, ask, pause, message, condition, called, count)
events = st.one_of(ask, pause, message, called.filter(lambda step: step.wait))
CONDITIONS = st.sampled_from(["{=Variable:n} > 2", "true", "false", {"variable": "n", "operator": "less", "value": 2}])


def _bigger(steps: st.SearchStrategy[Step]) -> st.SearchStrategy[Step]:
    some = st.lists(steps, min_size=1, max_size=3).map(tuple)
    branches = st.lists(st.builds(Branch, CONDITIONS, some), min_size=1, max_size=3)
    otherwise = st.lists(st.builds(Branch, st.none(), some), max_size=1)
    ways = st.lists(st.builds(Way, events, st.one_of(st.just(()), some)), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Choice, branches=st.builds(lambda given, last: (*given, *last), branches, otherwise), **NAMED),
        # A loop counts, so that it ends.
        st.builds(Loop, when=st.just("{=Variable:n} < 3"), steps=some.map(lambda given: (*given, Assign(values={"n": "={=Variable:n} + 1"})))),  # noqa: E501
        st.builds(Parallel, branches=st.lists(some, min_size=1, max_size=3).map(tuple), needs=st.sampled_from(["all", "first"])),  # noqa: E501
        st.builds(Race, ways=ways, **NAMED),
    )  # fmt: skip


steps = st.recursive(leaves, _bigger, max_leaves=12)
HEADER = Header(
    "sample",
    record="crm.deal",
    triggers=(Trigger(On.MANUAL), Trigger(On.CHANGED, "stage", now="WON")),
    parameters=(Declaration("size", NUMBER, default=1),),
    variables=(
        Declaration("n", NUMBER, "N", default=0),
        Declaration("sure", YES_NO, default=False),
        Declaration("w", TEXT),
    ),
    results=("n",),
)
trees = st.builds(lambda given: Tree(HEADER, tuple(given)), st.lists(steps, min_size=1, max_size=4))
ending = st.builds(Terminate, text=PLAIN)
