"""The scenarios as definitions of ours, started in sets and served as the product serves them."""

from collections.abc import Sequence
from dataclasses import dataclass

from potok.engine.values import RecordRef
from potok.kit.doors import opened
from potok.processes import listening, published, starting
from potok.processes.operations import definitions
from potok.records import public as records

# The lightest automatic step there is, and the same as the peers': a variable is set and kept.
STEP = "  - {set: {x: %d}%s}\n"
# As the peers: a step, a message from outside that names the instance, a step.
WAIT = """  - set: {x: 1}
  - wait: {message: bench-answered, where: {instance: "{=Workflow:id}"}}
  - set: {x: 2}
"""
OFFICE = """  - {block: record_change, with: {fields: {stage: BENCH_WON}}%(save)s}
  - {block: task_add, with: {title: "Call {=Document:title}", responsible: user_%(person)d, wait: false}%(save)s}
  - {block: notify_person, with: {to: user_%(person)d, text: "{=Document:title} is won"}%(save)s}
"""
SAVE = ", save_point: true"
WEIGHT = 10_000  # characters of a variable that no step touches


@dataclass(frozen=True)
class Scenario:
    """What is measured; `each` makes every step a save point, else an instance commits where it waits and ends."""

    name: str
    each: bool
    person: int

    @property
    def source(self) -> str:
        """The text of the definition."""
        save = SAVE if self.each else ""
        head = f"definition: bench-{self.name.replace('_', '-')}-{'each' if self.each else 'wait'}\ntitle: Bench\n"
        if self.name in ("ten_steps", "ten_steps_heavy"):
            steps = "".join(STEP % (number, save) for number in range(10))
            weight = f"  y: {{type: text, default: {'z' * WEIGHT}}}\n" if self.name == "ten_steps_heavy" else ""
            return f"{head}variables:\n  x: {{type: number}}\n{weight}do:\n{steps}"
        if self.name == "start_wait_complete":
            return f"{head}variables:\n  x: {{type: number}}\ndo:\n{WAIT}"
        return f"{head}record: crm.deal\ndo:\n{OFFICE % {'save': save, 'person': self.person}}"

    def publish(self) -> published.Published:
        """Publish the definition, once; the same text makes no second version."""
        with opened(self.person, door="command") as call:
            return published.version(definitions.publish(call, source=self.source).pk)

    def records(self, count: int) -> list[RecordRef | None]:
        """Make what the instances run on: real deals, or nothing."""
        if self.name != "record_task_notice":
            return [None] * count
        made: list[RecordRef | None] = []
        for begin in range(0, count, 500):
            titles = [f"Deal {number}" for number in range(begin, min(begin + 500, count))]
            with opened(self.person, door="import") as call:
                given = {"stage": "BENCH_NEW", "responsible": self.person}
                asked = [(call, {"values": {"title": title, **given}}) for title in titles]
                made += [
                    row.ref for row in records.verbs["crm.deal"].add.many(asked) if isinstance(row, records.Record)
                ]
        return made


def start(version: published.Published, about: Sequence[RecordRef | None], *, person: int) -> list[int]:
    """Start an instance on each, in one transaction."""
    with opened(person, door="rest") as call:
        wanted = [starting.Wanted(call, version, one, {"on": "manual"}, initiator=person) for one in about]
        return [made.instance or 0 for made in starting.start(wanted)]


def answer(instance: int, *, person: int) -> None:
    """Send the message, in a transaction of its own; whoever serves the instance finds it in the inbox."""
    with opened(person, door="rest") as call:
        assert listening.tell(call, "bench-answered", {"instance": instance}) == [instance]
