"""The world that definitions in stages are compiled against, and a definition that uses all they can say."""

from dataclasses import replace

from potok.engine.graph import Catalogue, Face, Param, ParamKind
from potok.engine.values import MOMENT, PERSON, TEXT
from tests.engine.notation.world import CATALOGUE as BLOCKS
from tests.engine.notation.world import PEOPLE, WRITTEN

CATALOGUE: Catalogue = {
    **BLOCKS,
    "task_add": replace(BLOCKS["task_add"], serves="stages.task"),
    "button": Face("button", {"title": WRITTEN, "to": PEOPLE}, {"by": PERSON}, waits=True, serves="stages.command"),
    "note": Face(
        "note", {"kind": Param(), "comment": Param(kind=ParamKind.TEXT), "to": PEOPLE}, serves="stages.activity"
    ),
    "enter": Face("enter", {}, {"responsible": PERSON}, waits=True, serves="stages.enter"),
    "work": Face("work", {"due": Param(MOMENT)}, {"stage_result": TEXT}, waits=True, serves="stages.work"),
    "leave": Face("leave", {}, {"stage_result": TEXT}, serves="stages.leave"),
}  # fmt: skip

LOST_CLIENTS = """\
definition: lost-clients
title: Lost clients
record: crm.deal
start:
  - manual
access:
  - group_d5
stages:
  call:
    title: Call
    text: Why did {=Document:contact.name} leave?
    begin: true
    responsible:
      - user_7
      - '{=Document:responsible}'
    enter:
      - block: record_change
        with:
          fields:
            stage: IN_PROGRESS
    activity:
      type: call
      comment: Call about {=Document:title}
    task:
      title: Call the client
      deadline: =dateadd({=System:Date}, "2 days")
      blocks: true
    results:
      ready:
        title: Ready to talk
        to: analysis
      unreached:
        title: Not reached
        to: rest
      refused:
        title: Refused
        to: lost
        comment: required
  analysis:
    title: Analysis
    responsible: user_7
    fields:
      reason:
        type: text
        title: Reason
        required: true
    with:
      due: =dateadd({=System:Now}, "2 days")
    results:
      offer:
        title: There is an offer
        to: delivery
      nothing:
        title: Nothing to offer
        to: rest
    on:
      - title: Too long
        pause:
          for: 3 days
        do:
          - block: notify_person
            with:
              to: '{=analysis:responsible}'
              text: Still waiting
      - command: Give up
        to:
          - user_7
        go: lost
      - title: Won by itself
        wait:
          when:
            field: stage
            value: WON
        go: back
    leave:
      - block: status_text
        with:
          text: 'Reason: {=Variable:reason}'
  delivery:
    title: Delivery
    status: Goods are on their way
    permissions:
      edit:
        - user_7
    run:
      - run: contract-check
        with:
          limit: 3
        wait: false
      - run: contract-check
        with:
          limit: 5
    then: back
  rest:
    title: Rest
    pause:
      for: 30 days
    then: call
  back:
    title: The client is back
    end: true
  lost:
    title: The client is lost
    end: true
    enter:
      - block: record_change
        with:
          fields:
            stage: LOST
"""
