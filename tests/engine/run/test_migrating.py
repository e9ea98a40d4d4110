"""Moving an instance between versions, case by case: what is kept, what is begun, what is refused."""

from potok.engine import run
from potok.engine.problems import Problems
from potok.engine.run.migrating import Migrated, Plan, migrate, proposal
from tests.engine.run.machine import Machine, compiled

ASK = "  - {{id: {id}, block: approve, with: {{to: user_7, title: {title}}}}}\n"
SAY = "  - {id: said, block: status_text, with: {text: Hello}}\n"
PAUSE = "  - {id: rest, pause: {for: 2 days}}\n"
UNTIL = "  - {id: rest, pause: {until: '{=Document:closes_on}'}}\n"


def ask(id: str = "asked", title: str = "Sign") -> str:
    return ASK.format(id=id, title=title)


def parallel(*branches: str) -> str:
    inner = ("".join(f"      {line}\n" for line in branch.splitlines()) for branch in branches)
    return "  - id: both\n    parallel:\n" + "".join(f"      - do:\n{branch}" for branch in inner)


def started(do: str, *waits: str) -> Machine:
    return Machine(compiled(do), waits=frozenset(waits)).start()


def moved(machine: Machine, do: str, *, anew: str = "", to: str = "", drops: bool = False) -> Migrated | Problems:
    new = compiled(do)
    plan = proposal(machine.graph, new)
    pairs = {**plan.to, machine.graph.node(anew): new.node(to)} if anew else plan.to
    chosen = Plan(pairs, frozenset({machine.graph.node(anew)}) if anew else frozenset(), drops=drops)
    answer = migrate(run.State.decode(machine.state), machine.graph, new, chosen)
    if isinstance(answer, Migrated):
        machine.graph, machine.state = new, answer.state.encode()
        machine.effects += answer.effects
    return answer


def codes(answer: Migrated | Problems) -> list[str]:
    return [each.code for each in answer] if isinstance(answer, Problems) else []


def standing(machine: Machine) -> list[tuple[int, str]]:
    return [(token.id, machine.name(token.node)) for token in run.State.decode(machine.state).tokens]


def test_an_open_assignment_stays_when_steps_come_before_it() -> None:
    machine = started(ask(), "asked")
    before = standing(machine)
    assert isinstance(moved(machine, SAY + ask(title="Sign here") + PAUSE), Migrated)
    assert standing(machine) == before
    machine.tell(run.Happened(before[0][0]))
    assert [name for _, name in standing(machine)] == ["rest"]


def test_a_step_that_is_gone_is_refused_and_says_where_the_process_stands() -> None:
    machine = started(ask(), "asked")
    kept = machine.state
    answer = moved(machine, PAUSE)
    assert codes(answer) == ["run.migration_gone"]
    assert machine.state == kept


def test_a_step_that_became_another_is_refused_unless_it_is_begun_anew() -> None:
    machine = started(ask(id="rest"), "rest")
    assert codes(moved(machine, PAUSE)) == ["run.migration_other"]
    answer = moved(machine, PAUSE, anew="rest", to="rest")
    assert isinstance(answer, Migrated)
    assert any(isinstance(effect, run.Withdraw) for effect in answer.effects)
    machine.tell(run.Continued())
    assert machine.asked(run.SetTimer)
    assert standing(machine)[0][0] != 2


def test_a_step_that_moved_into_a_parallel_part_is_refused() -> None:
    machine = started(ask(), "asked")
    assert codes(moved(machine, parallel(ask(), PAUSE))) == ["run.migration_torn"]


def test_a_new_branch_of_an_open_parallel_part_begins() -> None:
    machine = started(parallel(ask("one"), ask("two")), "one", "two", "three")
    machine.tell(run.Happened(run.State.decode(machine.state).tokens[0].id))
    moved(machine, parallel(ask("three"), ask("one"), ask("two")))
    machine.tell(run.Continued())
    assert sorted(name for _, name in standing(machine)) == ["three", "two"]
    for token, _ in standing(machine):
        machine.tell(run.Happened(token))
    assert machine.status is run.Status.COMPLETED


def test_a_branch_that_is_gone_is_dropped_if_that_is_wanted() -> None:
    machine = started(parallel(ask("one"), ask("two")) + ask("last"), "one", "two", "last")
    machine.tell(run.Happened(run.State.decode(machine.state).tokens[0].id))
    after = parallel(ask("one")) + ask("last")
    assert codes(moved(machine, after)) == ["run.migration_gone"]
    answer = moved(machine, after, drops=True)
    assert isinstance(answer, Migrated)
    assert [entry.what for entry in answer.journal] == ["withdrawn", "migrated", "joined"]
    machine.tell(run.Continued())
    assert [name for _, name in standing(machine)] == ["last"]


def test_a_branch_that_came_in_already_and_is_gone_is_refused() -> None:
    machine = started(parallel(ask("one"), SAY, ask("two")), "one", "two")
    assert codes(moved(machine, parallel(ask("one"), ask("two")))) == ["run.migration_unjoined"]


def test_a_branch_that_came_in_already_stays_so_whatever_it_does_now() -> None:
    machine = started(parallel(ask("one"), SAY), "one")
    moved(machine, parallel(ask("one"), PAUSE))
    machine.tell(run.Happened(standing(machine)[0][0]))
    assert machine.status is run.Status.COMPLETED


def test_a_pause_that_is_worked_out_otherwise_looks_again_and_one_that_lasts_goes_on() -> None:
    machine = started(PAUSE)
    longer = moved(machine, "  - {id: rest, pause: {for: 9 days}}\n")
    assert isinstance(longer, Migrated)
    assert (longer.effects, longer.looks_again) == ((), ())
    until = moved(machine, UNTIL)
    assert isinstance(until, Migrated)
    assert until.looks_again == (standing(machine)[0][0],)
    assert [effect.watches for effect in until.effects if isinstance(effect, run.SetTimer)] == [("closes_on",)]


def test_a_loop_is_left_where_it_stands() -> None:
    loop = "  - {{id: again, while: '{{=Variable:n}} < 3', do: [{}]}}\n"
    inner = "{id: asked, block: approve, with: {to: user_7, title: Sign}}"
    machine = started(loop.format(inner), "asked")
    before = standing(machine)
    moved(machine, SAY + loop.format(f"{{id: told, block: status_text, with: {{text: x}}}}, {inner}"))
    assert standing(machine) == before
