"""The definitions that universes are made of, and what must be true of each instance once it is over."""

from functools import cache

from potok.engine import graph, run
from potok.engine.graph import Called, Surroundings
from potok.engine.notation import tree
from potok.engine.values import MOMENT, NUMBER, TEXT
from potok.processes.block import catalogue
from potok.processes.published import Published
from tests.simulation import blocks
from tests.simulation.acts import RECORD_TYPE

SOURCES = {
    "approval": """
variables: {said: {type: text}}
do:
  - {id: asked, block: simulation_ask, with: {people: 3}}
  - {block: simulation_send}
  - set: {said: '{=asked:answers}'}
""",
    "vote": """
variables: {said: {type: text}}
do:
  - {id: asked, block: simulation_ask, with: {people: 2, all: true}}
  - set: {said: '{=asked:answers}'}
""",
    "deadline": """
variables: {said: {type: text}}
do:
  - {id: asked, block: simulation_ask, with: {people: 2, seconds: 60}}
  - set: {said: '{=asked:answers}'}
  - {block: simulation_send}
""",
    "race": """
variables: {said: {type: text}}
do:
  - race:
      - {id: asked, block: simulation_ask, with: {people: 1}, do: [{set: {said: answered}}, {block: simulation_send}]}
      - {pause: {for: 1 minute}, do: [{set: {said: late}}, {block: simulation_send}]}
""",
    "sides": """
variables: {said: {type: text}, done: {type: number, default: 0}}
do:
  - parallel:
      - do: [{pause: {for: 1 minute}}, {set: {done: '={=Variable:done} + 1'}}]
      - do: [{id: heard, block: simulation_hear, with: {times: 3}}, {set: {done: '={=Variable:done} + 1'}}]
      - do: [{block: simulation_ask, with: {people: 2}}, {set: {done: '={=Variable:done} + 1'}}]
  - set: {said: '{=heard:heard}/{=Variable:done}'}
""",
    "count": f"""
record: {RECORD_TYPE}
again: beside
variables: {{n: {{type: number, default: 0}}}}
do:
  - while: '{{=Variable:n}} < 3'
    do:
      - {{block: simulation_count, save_point: true}}
      - set: {{n: '={{=Variable:n}} + 1'}}
""",
    "after": f"""
record: {RECORD_TYPE}
again: after
do:
  - {{block: simulation_count, save_point: true}}
""",
    "watch": f"""
record: {RECORD_TYPE}
again: beside
do:
  - wait: {{when: {{field: count, operator: greater_or_equal, value: 2}}}}
  - {{block: simulation_send}}
""",
    "date": f"""
record: {RECORD_TYPE}
again: beside
do:
  - pause: {{until: '{{=Document:date}}'}}
  - {{block: simulation_send}}
""",
    "caller": """
variables: {said: {type: text}}
do:
  - parallel:
      - do: [{id: one, run: called}]
      - do: [{id: two, run: called}]
  - set: {said: '{=one:said}+{=two:said}'}
""",
    "called": """
variables: {said: {type: text}}
results: [said]
do:
  - {pause: {for: 1 minute}}
  - {block: simulation_send}
  - set: {said: back}
""",
    "list": """
variables: {said: {type: text}, found: {type: text, multiple: true, default: [a, b]}, n: {type: number, default: 0}}
do:
  - id: every
    each: '{=Variable:found}'
    at_once: true
    do:
      - parallel:
          - do: [{pause: {for: 1 minute}}]
          - do: [{block: simulation_send, save_point: true}]
      - set: {n: '={=Variable:n} + 1'}
      - {block: simulation_send}
  - set: {said: '{=Variable:n}'}
""",
    "failing": """
parameters: {how: {type: text}}
do:
  - {block: simulation_send}
  - {block: simulation_fail, with: {how: '{=Template:how}'}}
  - {block: simulation_send}
""",
}


@cache
def published() -> dict[str, Published]:
    """All of them, compiled, under numbers of their own."""
    blocks.declare()
    known = catalogue()
    called = {"called": Called((), {"said": TEXT}, "")}
    around = Surroundings({RECORD_TYPE: {"count": NUMBER, "date": MOMENT, "title": TEXT}}, definitions=called)
    found = {}
    for number, (name, source) in enumerate(SOURCES.items(), 1):
        read = tree.read(f"definition: {name}\ntitle: {name}\n{source}")
        assert isinstance(read, tree.Tree), read
        compiled = tree.compile(read, known, around)
        assert isinstance(compiled, graph.Graph), compiled
        run.program(compiled)
        found[name] = Published(number, number, 1, compiled)
    return found
