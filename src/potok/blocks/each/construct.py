"""Do steps for every item of a list.

The list is taken as it is when the process comes here. The items come one after another, or all at once; “until” ends
the list early, and of every item values can be kept as lists. A single value is a list of one, an empty one has none.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- id: approver
  each: '{=Document:observers}'
  as: person
  at_once: true
  until: '{=asked:approved} = false'
  gives: {answers: '{=asked:approved}'}
  do:
    - id: asked
      block: approve
      with: {to: '{=approver:person}'}
"""

each = construct(
    Construct(
        name="each",
        word="each",
        title=_("For each item"),
        keys=(
            Key(
                name="each",
                title=_("List"),
                kind=KeyKind.VALUE,
                help=_("A field, a variable or a formula that gives several values."),
                required=True,
            ),
            Key(
                name="as",
                title=_("Name of the item"),
                kind=KeyKind.TEXT,
                help=_("In the steps the item is called so, behind the id of this construct; “item” if left out."),
            ),
            Key(
                name="at_once",
                title=_("All at once"),
                kind=KeyKind.YES_NO,
                help=_("Do not wait for one item before the next begins."),
            ),
            Key(
                name="until",
                title=_("Until"),
                kind=KeyKind.CONDITION,
                help=_("Asked after each item; when it holds, the other items are given up."),
            ),
            Key(
                name="gives",
                title=_("Keep of each item"),
                kind=KeyKind.VALUES,
                help=_("Names with values; each becomes a list in the order of the items."),
            ),
            Key(name="do", title=_("Steps"), kind=KeyKind.STEPS, help=_("What is done for each item."), required=True),
        ),
        form=FORM,
        known_as={"bitrix24": "ForEachActivity"},
    ),
    module=__name__,
)
