"""Marks a sentence for translation and leaves it as it is. Pure: rules may import it.

Code that draws a screen uses Django's `gettext`; code that only declares a sentence marks it with `_` from here, and
the sentence is translated where it is said.
"""


def _(sentence: str) -> str:
    """Mark for the catalogue; `makemessages` finds the name."""
    return sentence


gettext_noop = _
