"""From formula to text."""

from .expression import Expression, Template


def write(formula: Expression | Template) -> str:
    """Write a formula so that `read` (for a template, `read_text`) gives it back."""
    raise NotImplementedError
