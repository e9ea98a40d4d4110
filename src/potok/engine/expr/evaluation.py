"""From formula to value. Total and bounded: it ends with a value, a `Failure`, or whatever `look` raised."""

from potok.engine.values import Value

from .expression import Context, Expression, Look, Template


def evaluate(formula: Expression | Template, look: Look, context: Context) -> Value:
    """Work a formula out; a template that is one formula keeps that formula's type, any other gives text."""
    raise NotImplementedError


def render(formula: Expression | Template, look: Look, context: Context) -> str:
    """Work a formula out and write the result as text."""
    raise NotImplementedError
