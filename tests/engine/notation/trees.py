"""Any block tree: what the laws are tried on."""

from hypothesis import strategies as st

from potok.engine.graph import Declaration, Header, On, Trigger
from potok.engine.notation.tree import Step, Tree
from potok.engine.notation.tree.constructs import (
    Assign,
    Attempt,
    Block,
    Branch,
    Call,
    Case,
    Choice,
    Group,
    Handler,
    Listener,
    Loop,
    Parallel,
    Pause,
    Race,
    Stop,
    Switch,
    Terminate,
    Throw,
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

# The other constructs. Lists need an id of their own, so they stand in test_tree_constructs.
limited = st.builds(Wait, message=st.just("paid"), limit=st.just("2 days"), **NAMED)
staged = st.builds(Wait, stage=st.sampled_from(["WON", ["WON", "LOST"]]), **NAMED)
linked = st.builds(Wait, record=st.just("{=Document:company}"), when=st.just({"field": "title", "value": "x"}), **NAMED)
asked_for = st.builds(Wait, message=st.just("paid"), results=st.just((("sum", NUMBER),)), **NAMED)
worked = st.builds(Pause, lasts=st.just("2 days"), working=st.just(True), person=st.just("{=Document:responsible}"))
raised = st.builds(Throw, what=st.just("escalation"), code=st.just("odd"), text=PLAIN, **NAMED)
others = st.builds(
    Call,
    definition=st.just("contract-check"),
    params=st.just({"limit": 1}),
    record=st.just("crm.deal:3"),
    wait=st.booleans(),
    **NAMED,
)
switched_off = st.builds(Block, block=st.just("status_text"), params=st.just({"text": "x"}), off=st.just(True))
saved = st.builds(Assign, values=st.just({"w": "x"}), save_point=st.just(True), **NAMED)
heard = st.one_of(ask, pause, message, asked_for, worked)


def _wider(steps: st.SearchStrategy[Step]) -> st.SearchStrategy[Step]:
    some = st.lists(steps, min_size=1, max_size=3).map(tuple)
    ended = st.builds(
        lambda given, last: (*given, last), some, st.sampled_from([Stop(what="branch"), Throw(code="bad")])
    )
    branches = st.lists(st.one_of(some, ended), min_size=2, max_size=3).map(tuple)
    cases = st.lists(st.builds(Case, st.sampled_from([1, [2, 3]]), some), min_size=1, max_size=2)
    otherwise = st.lists(st.builds(Case, st.none(), some), max_size=1)
    error = st.builds(Handler, codes=st.sampled_from([(), ("bad",)]), steps=st.one_of(st.just(()), some))
    escalation = st.builds(Handler, what=st.just("escalation"), steps=some, stops=st.booleans())
    listener = st.builds(Listener, heard, some, st.sampled_from(["stop", "go_on", "again"]))
    return st.one_of(
        _bigger(steps),
        st.builds(Group, steps=some, **NAMED),
        st.builds(Switch, value=st.just("{=Variable:n}"), cases=st.builds(lambda a, b: (*a, *b), cases, otherwise)),
        st.builds(Parallel, branches=branches, needs=st.sampled_from(["all", "first", 2])),
        st.builds(
            Attempt,
            steps=st.one_of(some, ended),
            handlers=st.builds(lambda a, b: (*a, *b), st.lists(error, min_size=1, max_size=2), st.lists(escalation)),
            listeners=st.lists(listener, max_size=2).map(tuple),
        ),
    )


wider = st.builds(
    lambda given: Tree(HEADER, tuple(given)),
    st.lists(
        st.recursive(
            st.one_of(leaves, limited, staged, linked, asked_for, worked, raised, others, switched_off, saved),
            _wider,
            max_leaves=10,
        ),
        min_size=1,
        max_size=3,
    ),
)
