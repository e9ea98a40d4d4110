"""Run another process on the same record.

The process waits for its end and takes its results, unless told not to wait. One that is ended ends the process that it
waits for.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- run: collect-papers
  with: {whom: '{=Document:responsible}'}
  wait: true
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
                name="wait",
                title=_("Wait for its end"),
                kind=KeyKind.YES_NO,
                help=_("Hold this process until that one has ended."),
            ),
        ),
        form=FORM,
        waits=True,
        known_as={"bitrix24": "StartWorkflowActivity"},
    ),
    module=__name__,
)
