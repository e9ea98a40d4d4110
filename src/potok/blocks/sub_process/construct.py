"""Run another process, on the same record, on another, or on each of several.

The process waits for its end and takes its results, unless told not to wait. One that is ended ends the process that it
waits for. For several, the results are lists in the order of the items.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- run: collect-papers
  with: {whom: '{=Document:responsible}'}
  record: '{=Document:company}'
  wait: true
- id: all
  run: collect-papers
  each: '{=Document:contacts}'
  at_once: true
"""

sub_process = construct(
    Construct(
        name="sub_process",
        word="run",
        title=_("Another process"),
        keys=(
            Key(
                name="run",
                title=_("Process"),
                kind=KeyKind.TEXT,
                help=_("The code of the process to run."),
                required=True,
            ),
            Key(
                name="with",
                title=_("Parameters"),
                kind=KeyKind.VALUES,
                help=_("What that process asks for at its start."),
            ),
            Key(
                name="record",
                title=_("Another record"),
                kind=KeyKind.VALUE,
                help=_("The record to run on, if it is not the own one of the process."),
            ),
            Key(
                name="each",
                title=_("For each"),
                kind=KeyKind.VALUE,
                help=_("A list: a process is run for every item, on the item if it is a record."),
            ),
            Key(
                name="at_once",
                title=_("All at once"),
                kind=KeyKind.YES_NO,
                help=_("Do not wait for one item before the next begins."),
            ),
            Key(
                name="wait",
                title=_("Wait for its end"),
                kind=KeyKind.YES_NO,
                help=_("Hold this process until that one has ended."),
                default=True,
            ),
        ),
        form=FORM,
        waits=True,
        known_as={"bitrix24": "StartWorkflowActivity"},
    ),
    module=__name__,
)
