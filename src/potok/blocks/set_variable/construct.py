"""Give variables new values.

They are set in the order in which they stand, so that a later one may use an earlier one. A value is a literal, a text
with inserted values, or a formula.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- set:
    attempts: '={=Variable:attempts} + 1'
  save_point: true
"""

set_variable = construct(
    Construct(
        name="set_variable",
        word="set",
        title=_("Set variables"),
        keys=(
            Key(
                name="set",
                title=_("Values"),
                kind=KeyKind.VALUES,
                help=_("Names of variables with their new values."),
                required=True,
            ),
            Key(
                name="save_point",
                title=_("Save point"),
                kind=KeyKind.YES_NO,
                help=_("Keep everything done so far for good before going on."),
            ),
        ),
        form=FORM,
        known_as={"bitrix24": "SetVariableActivity"},
    ),
    module=__name__,
)
