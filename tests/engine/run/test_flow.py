"""Which way a token goes."""

import pytest

from potok.engine import run
from tests.engine.run.machine import Machine, compiled

SAY = "block: status_text, with: {text: x}"


def lived(do: str, **given: object) -> Machine:
    return Machine(compiled(do), **given).start()  # type: ignore[arg-type]


def say(id: str) -> str:
    return f"{{id: {id}, {SAY}}}"


def test_steps_are_done_one_after_another() -> None:
    machine = lived(f"- {say('a')}\n- {say('b')}")
    assert machine.done == ["a", "b"]
    assert machine.status is run.Status.COMPLETED


@pytest.mark.parametrize(("amount", "done"), [(1, ["small", "after"]), (50, ["middle", "after"]), (500, ["after"])])
def test_the_first_branch_that_holds_is_done(amount: int, done: list[str]) -> None:
    machine = lived(
        f"""
- set: {{n: {amount}}}
- if:
    - {{when: '{{=Variable:n}} < 10', do: [{say("small")}]}}
    - {{when: {{variable: n, operator: between, value: [10, 100]}}, do: [{say("middle")}]}}
- {say("after")}
"""
    )
    assert machine.done == done


def test_else_is_for_all_other_cases() -> None:
    machine = lived(f"- if: [{{when: 'false', do: [{say('a')}]}}, {{else: [{say('b')}]}}]")
    assert machine.done == ["b"]


def test_a_loop_asks_before_each_pass() -> None:
    step = "{set: {n: '={=Variable:n} + 1'}}"
    machine = lived(f"- {{while: '{{=Variable:n}} < 3', do: [{step}, {say('a')}]}}\n- {say('b')}")
    assert machine.done == ["a", "a", "a", "b"]
    assert machine.last(run.Finish).results == {"n": 3}


def test_assignments_are_seen_by_the_next_one_and_told_to_the_shell() -> None:
    machine = lived("- set: {n: 2, words: 'n is {=Variable:n}'}")
    assert machine.store[run.Named("Variable", "words")] == "n is 2"


def test_results_of_a_block_are_seen_under_its_id() -> None:
    machine = lived(
        "- {id: a, block: approve, with: {to: user_7, title: x}}\n- set: {words: '{=a:comment}'}",
        results={"a": {"comment": "good", "unheard": 1}},
    )
    assert machine.store[run.Named("Variable", "words")] == "good"
    assert run.Named("a", "unheard") not in machine.store


def test_answers_of_a_form_become_variables() -> None:
    machine = lived(
        "- {block: request_information, with: {to: user_7, title: x, fields: {size: {type: number}}}}\n"
        "- set: {n: '{=Variable:size}'}",
        results={"do.0": {"size": "42"}},
    )
    assert machine.store[run.Named("Variable", "n")] == 42
    assert run.Named("do.0", "size") not in machine.store


def test_branches_run_one_after_another_until_each_waits() -> None:
    branch = "{{do: [{0}, {1}]}}"
    do = f"- parallel: [{branch.format(say('a'), say('b'))}, {branch.format(say('c'), say('d'))}]\n- {say('e')}"
    assert lived(do).done == ["a", "b", "c", "d", "e"]
    waiting = lived(do, waits=frozenset({"a"}))
    assert waiting.done == ["a", "c", "d"]
    waiting.tell(run.Happened(waiting.last(run.Listen).token, {}))
    assert waiting.done == ["a", "c", "d", "b", "e"]


def test_a_branch_with_two_ends_arrives_once() -> None:
    choice = f"{{if: [{{when: '{{=Variable:n}} = 0', do: [{say('a')}]}}, {{else: [{say('b')}]}}]}}"
    machine = lived(f"- parallel: [{{do: [{choice}]}}, {{do: [{say('c')}]}}]\n- {say('d')}")
    assert machine.done == ["a", "c", "d"]
    assert machine.status is run.Status.COMPLETED


def test_a_join_in_a_loop_fires_at_each_pass() -> None:
    count = "{set: {n: '={=Variable:n} + 1'}}"
    both = f"{{parallel: [{{do: [{say('a')}]}}, {{do: [{say('b')}]}}]}}"
    machine = lived(f"- {{while: '{{=Variable:n}} < 2', do: [{both}, {count}]}}", waits=frozenset({"a", "b"}))
    for _pass in range(2):
        for token in [each.token for each in machine.asked(run.Listen)][-2:]:
            machine.tell(run.Happened(token, {}))
    assert machine.done == ["a", "b", "a", "b"]
    assert machine.status is run.Status.COMPLETED


def test_the_first_branch_to_finish_gives_up_the_others() -> None:
    machine = lived(
        f"- {{parallel: [{{do: [{say('a')}, {say('never')}]}}, {{do: [{say('b')}]}}], needs: first}}\n- {say('c')}",
        waits=frozenset({"a"}),
    )
    assert machine.done == ["a", "b", "c"]
    assert run.Unlisten(machine.asked(run.Listen)[0].token) in machine.effects
    assert machine.asked(run.Withdraw)


def test_terminate_ends_everything_with_its_words() -> None:
    machine = lived(
        f"- parallel: [{{do: [{say('a')}, {say('never')}]}}, {{do: [{{terminate: 'n is {{=Variable:n}}'}}]}}]",
        waits=frozenset({"a"}),
    )
    assert machine.status is run.Status.TERMINATED
    assert machine.last(run.Finish) == run.Finish("terminated", "n is 0", {"n": 0})
    assert run.State.decode(machine.state).tokens == ()


def test_a_process_that_is_run_gives_its_results() -> None:
    machine = lived(
        "- {id: check, run: contract-check, with: {limit: 5}}\n- set: {yes: '{=check:sound}'}\n"
        "- {run: contract-check, with: {limit: 6}, wait: false}"
    )
    call = machine.last(run.CallProcess)
    assert call == run.CallProcess(call.token, "contract-check", {"limit": 5}, wait=True)
    machine.tell(run.ChildEnded(call.token, {"sound": True}))
    assert machine.store[run.Named("Variable", "yes")] is True
    assert machine.last(run.CallProcess).wait is False
    assert machine.status is run.Status.COMPLETED


def test_a_save_point_asks_for_a_commit_before_it_goes_on() -> None:
    machine = lived(f"- {{block: status_text, with: {{text: x}}, save_point: true}}\n- {say('b')}")
    kinds = [type(effect) for effect in machine.effects]
    assert kinds == [run.Perform, run.Continue, run.Perform, run.Finish]
