"""What each construct of the block tree compiles to, and what is found wrong in it."""

import pytest
from hypothesis import HealthCheck, given, settings

from potok.engine import graph
from potok.engine.notation import tree
from potok.engine.notation.tree import Tree
from tests.engine.notation.test_tree import HEAD, problems_of, read
from tests.engine.notation.trees import wider
from tests.engine.notation.world import CATALOGUE, SURROUNDINGS

SAY = "{block: status_text, with: {text: x}}"
ASK = "block: approve, with: {to: user_7, title: x}"


def compiled(do: str, *, head: str = HEAD) -> graph.Graph:
    made = tree.compile(read(f"{head}do:\n{do}"), CATALOGUE, SURROUNDINGS)
    assert isinstance(made, graph.Graph), str(made)
    return made


def drawn(made: graph.Graph) -> str:
    """Each node by its name, with the names of those it leads to."""
    return "; ".join(
        f"{name} > {' '.join(made.names[made.flows[way][1]] for way in made.outs[node])}"
        for node, name in enumerate(made.names)
        if made.outs[node]
    )


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(wider)
def test_every_construct_is_read_as_it_was_written_and_keeps_the_laws(sample: Tree) -> None:
    text = tree.write(sample)
    assert read(text) == sample
    made = tree.compile(read(text), CATALOGUE, SURROUNDINGS)
    assert isinstance(made, graph.Graph), str(made)
    assert graph.check(made) == []
    assert graph.decode(graph.encode(made)) == made


def test_a_group_of_steps_is_no_more_than_its_steps() -> None:
    together = compiled(f"- title: T\n  steps: [{{id: a, set: {{n: 1}}}}, {SAY}]")
    assert [str(kind) for kind in together.kinds] == ["start", "assign", "block", "end"]


def test_a_switch_asks_its_cases_in_order() -> None:
    made = compiled(
        "- id: s\n  switch: '{=Document:stage}'\n  cases:\n"
        f"  - {{is: NEW, do: [{SAY}]}}\n  - {{is: [PAID, WON], do: [{SAY}]}}\n"
    )
    ways = made.payloads[made.node("s")]
    assert isinstance(ways, graph.Ways)
    assert ways.conditions == ('in(({=Document:stage}), "NEW")', 'in(({=Document:stage}), "PAID", "WON")', None)


def test_a_stop_leads_to_the_end_of_the_branch_out_of_the_loop_or_to_the_next_pass() -> None:
    made = compiled(
        "- id: l\n  while: 'true'\n  do:\n  - {id: p, pause: {for: 1 day}}\n"
        "  - id: c\n    if:\n    - {when: '{=Variable:n} = 1', do: [{id: out, stop: loop}]}\n"
        "    - {when: '{=Variable:n} = 2', do: [{id: on, stop: pass}]}\n"
        "    - else: [{id: gone, stop: branch}]\n"
        "- {id: last, set: {n: 1}}",
        head=HEAD.replace("type: number", "type: number, default: 1"),
    )
    assert drawn(made) == ("start > l; l > p last; p > c; c > out on gone; out > last; on > l; gone > end; last > end")


def test_enough_branches_are_counted_by_the_win() -> None:
    made = compiled(f"- {{id: p, parallel: [{{do: [{SAY}]}}, {{do: [{SAY}]}}, {{do: [{SAY}]}}], needs: 2}}")
    assert made.payloads[made.node("p.joined")] == graph.Enough(graph.Fixed(2))


def test_what_watches_over_steps_listens_in_their_scope() -> None:
    made = compiled(
        f"- id: t\n  try: [{{id: a, {ASK}}}]\n"
        "  on_error: [{id: e, codes: [bad], do: [{id: told, block: status_text, with: {text: '{=e:message}'}}]}]\n"
        "  on_escalation: [{id: u, then: go_on, do: [{id: up, set: {n: 1}}]}]\n"
        "  meanwhile: [{id: p, pause: {for: 1 day}, then: again, do: [{id: late, set: {n: 2}}]}]\n"
    )
    assert drawn(made) == (
        "start > t; t > a t.done e u p; a > t.end; t.done > end; e > e.won; e.won > told; told > end; u > up; "
        "up > u.end; p > p.again; p.again > late; late > p.end"
    )


def test_a_list_keeps_of_its_items_what_it_was_told_to_keep() -> None:
    made = compiled(
        "- id: who\n  each: '{=Document:observers}'\n  as: person\n  at_once: true\n"
        "  until: '{=asked:approved}'\n  gives: {answers: '{=asked:approved}'}\n"
        "  do: [{id: asked, block: approve, with: {to: '{=who:person}', title: x}}]\n"
        "- if: [{when: 'count({=who:answers}) > 1', do: [{set: {n: 1}}]}]"
    )
    scoped = made.payloads[made.node("who")]
    assert isinstance(scoped, graph.Scoped)
    assert (scoped.item, scoped.at_once, scoped.enough) == ("person", True, "{=asked:approved}")
    assert [name for name, _ in scoped.gathers] == ["answers"]


def test_a_list_is_left_early_as_a_whole() -> None:
    made = compiled(
        "- id: who\n  each: [1, 2]\n  do: [{if: [{when: '{=who:item} > {=who:count}', do: [{id: out, stop: loop}]}]}]\n"
        "- {id: last, set: {n: 1}}"
    )
    assert drawn(made).endswith("out > who.left; who.done > last; who.left > last; last > end")


def test_a_process_for_each_of_several_gives_lists() -> None:
    made = compiled(
        "- {id: all, run: contract-check, each: '{=Document:observers}', with: {limit: '{=all:index}'}}\n"
        "- if: [{when: 'count({=all:sound}) > 1', do: [{set: {n: 1}}]}]"
    )
    assert drawn(made).startswith("start > all; all > all_one all.done; all_one > all.end; all.done > ")


def test_a_wait_may_watch_another_record_and_have_a_limit() -> None:
    made = compiled(
        "- id: w\n  wait: {record: '{=Document:company}', when: {field: title, value: X}, limit: 3 days}\n"
        "  late: [{id: gone, set: {n: 1}}]\n- {id: last, set: {n: 2}}"
    )
    awaited = made.payloads[made.node("w")]
    assert isinstance(awaited, graph.Awaited)
    assert (awaited.condition, awaited.watches) == ('{=Document:company.title} = "X"', ("title",))
    assert isinstance(awaited.record, graph.Formula)
    assert drawn(made).startswith("start > w.race; w.race > w w.limit; w > w.came; w.limit > w.late; w.came > last")


@pytest.mark.parametrize(
    ("pause", "until", "watches"),
    [
        ("for: 3 days, working: true", '=workdateadd({=System:Now}, "3 days")', ()),
        ("for: 4h, working: true, person: '{=Document:responsible}'",
         '=workdateadd({=System:Now}, "4h", {=Document:responsible})', ()),
        ("until: '{=Document:closes_on}', before: 2 days, working: true",
         '=workdateadd({=Document:closes_on}, "-2 days")', ("closes_on",)),
        ("until: 2026-12-31, working: true", '=nextworktime(tomoment("2026-12-31"))', ()),
        ("workday_of: '{=Document:responsible}'", "=nextworktime({=System:Now}, {=Document:responsible})",
         ("responsible",)),
        ("for: 4h, working: true, person: user_7", '=workdateadd({=System:Now}, "4h", "user_7")', ()),
        ("workday_of: user_7", '=nextworktime({=System:Now}, "user_7")', ()),
    ],
)  # fmt: skip
def test_a_pause_in_working_time_is_reckoned_by_a_formula(pause: str, until: str, watches: tuple[str, ...]) -> None:
    due = compiled(f"- {{id: p, pause: {{{pause}}}}}").payloads[1]
    assert isinstance(due, graph.Due)
    assert isinstance(due.until, graph.Formula)
    assert (due.until.text, due.watches) == (until, watches)


CALLS = {
    "a": graph.Called(runs=("b",), waits_for=("b",)),
    "b": graph.Called(runs=("c", "sample"), waits_for=("c",)),
    "c": graph.Called(runs=("a",), waits_for=("a",)),
    "d": graph.Called(runs=("sample",), waits_for=("sample",)),
}


@pytest.mark.parametrize(
    ("do", "found"),
    [
        ("- run: a", [("tree.chain", "sample → a → b → sample")]),
        ("- run: d", [("tree.cycle", "sample → d → sample")]),
        ("- {run: d, wait: false}", [("tree.chain", "sample → d → sample")]),
        ("- run: sample", [("tree.cycle", "sample → sample")]),
        ("- run: e", []),
    ],
)
def test_processes_that_run_each_other_in_a_circle_are_found(do: str, found: list[tuple[str, str]]) -> None:
    others = {**CALLS, "sample": graph.Called(), "e": graph.Called(runs=("f",))}
    told = tree.check(read(f"definition: sample\ndo:\n{do}"), CATALOGUE, graph.Surroundings(definitions=others))
    assert [(each.code, each.fields["way"]) for each in told] == found


# What is wrong, and the code it is told by, on the line where it stands.
WRONG = {
    "a case that is one already": (f"- switch: 1\n  cases:\n  - {{is: 1, do: [{SAY}]}}\n  - {{is: 1, do: [{SAY}]}}", 8, "tree.doubled_case"),  # noqa: E501
    "a case that the field does not offer": ("- switch: '{=Document:stage}'\n  cases:\n  - {is: GONE, do: [{set: {n: 1}}]}", 7, "tree.unknown_choice"),  # noqa: E501
    "a switch without cases": ("- {switch: 1, cases: []}", 5, "tree.absent"),
    "a list without an id": ("- {each: [1], do: [{set: {n: 1}}]}", 5, "tree.absent"),
    "a result of one pass, asked outside": (
        f"- {{id: l, each: [1], do: [{{id: a, {ASK}}}]}}\n- if: [{{when: '{{=a:approved}}', do: [{SAY}]}}]",
        6, "tree.passing_result"),
    "a number of branches that there are not": (f"- {{parallel: [{{do: [{SAY}]}}], needs: 2}}", 5, "tree.wrong_number"),
    "a stop outside of any loop": ("- {stop: loop}", 5, "tree.nothing_to_stop"),
    "a stop that would leave a parallel part": (
        "- while: 'true'\n  do:\n  - parallel:\n    - do: [{stop: loop}]", 8, "tree.nothing_to_stop"),
    "an error and an escalation at once": ("- throw: {error: a, escalation: b}", 5, "tree.nothing_thrown"),
    "steps that nothing watches over": (f"- try: [{SAY}]", 5, "tree.nothing_watched"),
    "a moment that should come again": (
        f"- try: [{SAY}]\n  meanwhile:\n  - {{pause: {{until: '{{=Document:closes_on}}'}}, then: again, do: [{SAY}]}}",
        7, "tree.never_again"),
    "an event that does not wait": (f"- try: [{SAY}]\n  meanwhile: [{SAY}]", 6, "tree.no_event"),
    "a wait with a limit, as one of several events": ("- race:\n  - wait: {message: m, limit: 1 day}", 6, "tree.no_event"),  # noqa: E501
    "what is late without a limit": (f"- wait: {{message: m}}\n  late: [{SAY}]", 6, "tree.late"),
    "another record that is none": ("- wait: {record: '{=Document:title}', when: '{=Document:paid}'}", 5, "tree.no_other_record"),  # noqa: E501
    "a stage that does not exist": ("- wait: {stage: GONE}", 5, "tree.unknown_choice"),
    "a pause with two ends": ("- pause: {for: 1 day, workday_of: user_7}", 5, "tree.no_moment"),
    "a pause by the calendar of a person, not in working time": (
        "- pause: {for: 1 day, person: user_7}", 5, "tree.no_moment"),
    "a pause of weeks in working time": ("- pause: {for: 1 month, working: true}", 5, "time.not_worked"),
    "a pause of seconds": ("- pause: {for: 30 seconds}", 5, "tree.pause_too_short"),
    "a range of one value": ("- if: [{when: {field: amount, operator: between, value: [1]}, do: [{set: {n: 1}}]}]", 5, "tree.range"),  # noqa: E501
}  # fmt: skip


IF = "- if: [{{when: {}, do: [{{set: {{n: 1}}}}]}}, {{when: {}, do: [{{set: {{n: 2}}}}]}}]"
ADVICE = {
    "a branch whose condition never holds": (IF.format("'false'", "'{=Document:paid}'"), ["tree.never_taken"]),
    "a branch whose numbers never compare": (IF.format("'1 > 2'", "'{=Document:paid}'"), ["tree.never_taken"]),
    "a branch behind one that always holds": (IF.format("'true'", "'{=Document:paid}'"), ["tree.never_taken"]),
    "a branch that is asked twice": (IF.format("'{=Document:paid}'", "'{=Document:paid}'"), ["tree.never_taken"]),
    "branches that may both be taken": (IF.format("'{=Document:paid}'", "'{=Document:amount} > 1'"), []),
    "a loop without end": ("- {while: 'true', do: [{pause: {for: 1 day}}]}", ["tree.endless_loop"]),
    "a loop that stops itself": ("- {while: 'true', do: [{pause: {for: 1 day}}, {stop: loop}]}", []),
    "a variable that is never set": (f"- if: [{{when: '{{=Variable:n}} > 1', do: [{SAY}]}}]", ["tree.never_set"]),
    "a variable that a form fills in": (
        ("- if: [{when: '{=Variable:n} > 1', do: [{block: request_information, "
         "with: {to: user_7, title: x, fields: {n: {type: number}}}}]}]"), []),
}  # fmt: skip


@pytest.mark.parametrize("case", ADVICE)
def test_what_may_be_published_and_is_advised_against(case: str) -> None:
    text, codes = ADVICE[case]
    found = read(f"{HEAD}do:\n{text}")
    assert [each.code for each in tree.check(found, CATALOGUE, SURROUNDINGS)] == codes
    assert isinstance(tree.compile(found, CATALOGUE, SURROUNDINGS), graph.Graph)


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_construct_is_told_with_its_line(case: str) -> None:
    text, line, code = WRONG[case]
    found = read(f"{HEAD}do:\n{text}")
    assert (line, code) in [(each.place.line, each.code) for each in tree.check(found, CATALOGUE, SURROUNDINGS)]


def test_a_definition_on_other_records_needs_to_be_told_on_which() -> None:
    head = HEAD.replace("record: crm.deal\n", "record: crm.company\n")
    assert (5, "tree.runs_on_other") in problems_of(head + "do:\n- {run: contract-check, with: {limit: 1}}")
