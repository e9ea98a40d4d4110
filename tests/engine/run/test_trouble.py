"""Blocks that wait and fail, values that are not loaded, loops without an end, what an operator does about it."""

from datetime import timedelta

import pytest

from potok.engine import run
from potok.engine.values import PersonRef, RecordRef, Value
from tests.engine.run.machine import DEAL, HEAD, MONDAY, VARIABLES, Machine, compiled

ASK = "- {id: asked, block: approve, with: {to: user_7, title: 'n is {=Variable:n}'}}\n"
SAY = "- {id: said, block: status_text, with: {text: x}}\n"


def begun(do: str, **given: object) -> tuple[Machine, run.Step]:
    """Start without answering anything."""
    machine = Machine(compiled(do), **given)  # type: ignore[arg-type]
    return machine, taken(machine, run.start(machine.graph, {}, look=machine.look, context=machine.context))


def taken(machine: Machine, step: run.Step | run.Needs) -> run.Step:
    assert isinstance(step, run.Step)
    machine.state = step.state.encode()
    machine.store.update(step.assigned)
    return step


def given(machine: Machine, event: run.Event) -> run.Step:
    return taken(machine, machine.advance(event))


def test_a_block_that_waits_is_resumed_with_what_happened_and_what_it_kept() -> None:
    machine, step = begun(ASK)
    (asked,) = step.effects
    assert isinstance(asked, run.Perform)
    step = given(machine, run.Waiting(asked.token, "answered", {"task": 3}, MONDAY + timedelta(days=1), kept=(1, "a")))
    assert step.effects == (
        run.Listen(asked.token, "answered", {"task": 3}),
        run.SetTimer(asked.token, MONDAY + timedelta(days=1)),
    )
    (resume,) = given(machine, run.Happened(asked.token, {"by": PersonRef(7)})).effects
    assert isinstance(resume, run.Resume)
    assert (resume.payload, resume.kept, resume.key) == ({"by": PersonRef(7)}, (1, "a"), asked.key)


def test_a_block_may_go_on_waiting_and_change_its_mind() -> None:
    machine, step = begun(ASK)
    token = step.effects[0].token  # type: ignore[union-attr]
    given(machine, run.Waiting(token, "answered", {}, MONDAY + timedelta(days=1)))
    given(machine, run.Happened(token, {"by": PersonRef(7)}))
    step = given(machine, run.Waiting(token, "", {}, MONDAY + timedelta(days=2), kept=1))
    assert step.effects == (run.Unlisten(token), run.SetTimer(token, MONDAY + timedelta(days=2)))
    assert machine.tell(run.Happened(token, {})) == []
    machine.wait(days=2)
    (resume,) = given(machine, run.TimerFired(token)).effects
    assert isinstance(resume, run.Resume)
    assert (resume.payload, resume.kept) == (None, 1)
    step = given(machine, run.Waiting(token, "answered", {}))
    assert step.effects == (run.Listen(token, "answered", {}),)
    assert given(machine, run.TimerFired(token)).effects == ()


def test_a_timer_that_is_no_longer_needed_is_taken_back() -> None:
    machine, step = begun(ASK)
    token = step.effects[0].token  # type: ignore[union-attr]
    given(machine, run.Waiting(token, "answered", {}, MONDAY + timedelta(days=1)))
    given(machine, run.Happened(token, {}))
    assert given(machine, run.Waiting(token, "answered", {})).effects[0] == run.CancelTimer(token)


def test_an_unanswered_request_is_repeated_and_changes_nothing() -> None:
    machine, step = begun(ASK)
    before = machine.state
    again = given(machine, run.Continued())
    assert again.effects == step.effects
    assert machine.state == before


def test_a_failed_block_waits_for_an_operator_who_retries() -> None:
    machine, step = begun(ASK + SAY)
    asked = step.effects[0]
    assert isinstance(asked, run.Perform)
    step = given(machine, run.Failed(asked.token, "task.untitled", {"field": "title"}))
    assert step.effects == (run.Fail(asked.token, asked.node, "task.untitled", {"field": "title"}),)
    assert step.status is run.Status.STUCK
    assert given(machine, run.Performed(asked.token)).effects == ()
    assert given(machine, run.Retried(asked.token)).effects == (asked,)


def test_a_block_that_fails_when_resumed_is_resumed_again() -> None:
    machine, step = begun(ASK)
    token = step.effects[0].token  # type: ignore[union-attr]
    given(machine, run.Waiting(token, "answered", {}))
    (resume,) = given(machine, run.Happened(token, {"by": PersonRef(7)})).effects
    given(machine, run.Failed(token, "gone"))
    assert given(machine, run.Retried(token)).effects == (resume,)


def test_a_failed_step_may_be_skipped() -> None:
    machine, step = begun(ASK + SAY)
    given(machine, run.Failed(step.effects[0].token, "gone"))  # type: ignore[union-attr]
    (said,) = given(machine, run.Skipped(step.effects[0].token)).effects  # type: ignore[union-attr]
    assert isinstance(said, run.Perform)
    assert said.block == "status_text"


def test_results_of_the_wrong_type_are_an_incident() -> None:
    machine, step = begun("- {id: asked, block: approve, with: {to: user_7, title: x}}")
    step = given(machine, run.Performed(step.effects[0].token, {"approved": "perhaps"}))  # type: ignore[union-attr]
    assert step.effects[0].code == "value.wrong_type"  # type: ignore[union-attr]
    child = "- {id: asked, run: contract-check, with: {limit: 1}}"
    machine, step = begun(child)
    step = given(machine, run.ChildEnded(step.effects[0].token, {"sound": "perhaps"}))  # type: ignore[union-attr]
    assert step.effects[0].code == "value.wrong_type"  # type: ignore[union-attr]


def test_a_formula_that_fails_is_an_incident_of_its_step() -> None:
    machine, step = begun("- {id: sum, set: {n: '=1 / {=Variable:n}'}}\n" + SAY)
    (fail,) = step.effects
    assert isinstance(fail, run.Fail)
    assert (machine.name(fail.node), fail.code) == ("sum", "expr.divided_by_zero")
    machine.store[run.Named("Variable", "n")] = 1
    assert isinstance(given(machine, run.Retried(fail.token)).effects[0], run.Perform)


def test_a_terminate_that_fails_may_be_skipped_and_still_ends() -> None:
    machine, step = begun("- {terminate: '{{=1 / {=Variable:n}}}'}")
    (finish,) = given(machine, run.Skipped(step.effects[0].token)).effects  # type: ignore[union-attr]
    assert isinstance(finish, run.Finish)


def test_what_does_not_exist_any_more_is_an_incident() -> None:
    def look(ask: run.Ask) -> Value:
        if isinstance(ask, run.Named):
            return RecordRef("crm.company", 9) if ask.name == "company" else None
        raise run.Unknown("records.missing", id=9)

    machine = Machine(compiled("- set: {words: '{=Document:company.title}'}"))
    step = run.start(machine.graph, {}, look=look, context=machine.context)
    assert isinstance(step, run.Step)
    fail = step.effects[0]
    assert isinstance(fail, run.Fail)
    assert (fail.code, fail.fields) == ("records.missing", {"id": 9})


def test_a_process_may_end_from_outside_once() -> None:
    machine, step = begun(ASK)
    token, node = step.effects[0].token, step.effects[0].node  # type: ignore[union-attr]
    given(machine, run.Waiting(token, "answered", {}, MONDAY + timedelta(days=1)))
    step = given(machine, run.Terminated("enough"))
    assert step.effects == (
        run.Unlisten(token),
        run.CancelTimer(token),
        run.Withdraw(token, node),
        run.Finish("terminated", "enough", {"n": 0}),
    )
    assert given(machine, run.Terminated("enough")).effects == ()
    assert given(machine, run.Happened(token)).effects == ()


def test_an_incident_is_withdrawn_with_its_process() -> None:
    machine, step = begun(ASK)
    token, node = step.effects[0].token, step.effects[0].node  # type: ignore[union-attr]
    given(machine, run.Failed(token, "gone"))
    assert run.Withdraw(token, node) in given(machine, run.Terminated()).effects


def test_a_called_process_that_cannot_start_is_an_incident() -> None:
    machine, step = begun("- {run: contract-check, with: {limit: 1}}")
    token = step.effects[0].token  # type: ignore[union-attr]
    given(machine, run.Failed(token, "processes.too_deep"))
    assert isinstance(given(machine, run.Retried(token)).effects[0], run.CallProcess)


def test_everything_that_is_not_loaded_is_asked_for_at_once() -> None:
    loaded: dict[run.Ask, Value] = {}

    def look(ask: run.Ask) -> Value:
        if ask not in loaded:
            raise run.NotLoaded(ask)
        return loaded[ask]

    do = "- {block: notify_person, with: {to: '{=Document:responsible.head}', text: '{=Document:company.title} {=Variable:n}'}}"  # noqa: E501
    machine = Machine(compiled(do))
    answer = run.start(machine.graph, {}, look=look, context=machine.context)
    company, person = run.Named("Document", "company"), run.Named("Document", "responsible")
    assert answer == run.Needs((person, company))
    loaded |= {company: DEAL, person: PersonRef(1)}
    answer = run.start(machine.graph, {}, look=look, context=machine.context)
    assert answer == run.Needs((run.FieldOf(PersonRef(1), "head"), run.FieldOf(DEAL, "title")))
    loaded |= {run.FieldOf(PersonRef(1), "head"): PersonRef(2), run.FieldOf(DEAL, "title"): "Ltd"}
    answer = run.start(machine.graph, {}, look=look, context=machine.context)
    assert isinstance(answer, run.Step)
    assert answer.effects[0].params == {"to": (PersonRef(2),), "text": "Ltd 0"}  # type: ignore[union-attr]
    ending = run.advance(machine.graph, answer.state, run.Terminated(), look=look, context=machine.context)
    assert ending == run.Needs((run.Named("Variable", "n"),))


def test_links_are_followed_through_lists_and_through_nothing() -> None:
    machine = Machine(compiled("- set: {words: '{=Document:observers.name}, {=Document:responsible.name}'}"))
    machine.record = {"observers": (PersonRef(1), PersonRef(2)), "responsible": None}
    machine.store |= {run.FieldOf(PersonRef(1), "name"): "Ann", run.FieldOf(PersonRef(2), "name"): None}
    assert machine.start().store[run.Named("Variable", "words")] == "Ann, "


def test_an_endless_loop_parks_again_and_again_and_becomes_an_incident() -> None:
    do = "- {while: 'true', do: [{set: {n: '={=Variable:n} + 1'}}]}"
    machine = Machine(compiled(do), budget=20).start()
    assert len(machine.asked(run.Continue)) == 4
    assert machine.last(run.Fail).code == "run.endless"
    assert machine.status is run.Status.STUCK
    machine.tell(run.Retried(machine.last(run.Fail).token))
    assert len(machine.asked(run.Continue)) == 8


def test_a_loop_of_blocks_that_never_wait_is_endless_too() -> None:
    machine = Machine(compiled("- {while: 'true', do: [{block: status_text, with: {text: x}}]}"), budget=20).start()
    assert machine.last(run.Fail).code == "run.endless"


PARAMETERS = (
    HEAD + "parameters:\n  limit: {type: number, required: true}\n  kind: {type: choice, choices: {a: A, b: B}}\n"
)


@pytest.mark.parametrize(
    ("inputs", "codes"),
    [
        ({"limit": 1, "kind": "a"}, []),
        ({"limit": "1"}, []),
        ({}, ["run.missing_parameter"]),
        ({"limit": "many"}, ["run.wrong_parameter"]),
        ({"limit": 1, "kind": "c"}, ["run.not_offered"]),
        ({"limit": 1, "size": 2}, ["run.unknown_parameter"]),
    ],
)
def test_inputs_are_checked_before_a_start(inputs: dict[str, Value], codes: list[str]) -> None:
    graph = compiled(SAY, head=PARAMETERS)
    assert [problem.code for problem in run.check_inputs(graph, inputs)] == codes


def test_parameters_and_defaults_are_assigned_at_the_start() -> None:
    machine = Machine(compiled(SAY, head=PARAMETERS), inputs={"limit": "5"}).start()
    assert machine.store == {run.Named("Template", "limit"): 5}
    assert Machine(compiled(SAY, head=HEAD + VARIABLES)).start().store[run.Named("Variable", "yes")] is False


@pytest.mark.parametrize("bytes_", [b"[]", b"{}", b"[99]", b'["x"]'])
def test_what_is_no_state_is_refused(bytes_: bytes) -> None:
    with pytest.raises(ValueError, match="state"):
        run.State.decode(bytes_)


def test_an_old_format_is_upgraded_step_by_step() -> None:
    from potok.engine.run.upgrades import to_newest

    upgrades = {1: lambda old: [2, *old[1:], "new"], 2: lambda old: [3, *old[1:]]}
    assert to_newest([1, 7], newest=3, upgrades=upgrades) == [3, 7, "new"]
