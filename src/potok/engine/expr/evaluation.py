"""From formula to value. Total and bounded: it ends with a value, a `Failure`, or whatever `look` raised.

A formula has no loops, `read` bounds its size and depth, and what it makes is bounded in `limits`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any

from potok.engine.values import (
    ANY,
    DATE,
    MOMENT,
    NUMBER,
    Type,
    Value,
    WrongType,
    coerce,
    fits,
    is_empty,
    many,
    title,
    type_of,
)

from . import complaints
from .arithmetic import OPERATIONS, SIGNS
from .comparison import ORDERS, equal, named_by, ordered
from .expression import SYSTEM, Context, Expression, Failure, Look, Template, checked_length, joined
from .functions import Function, Parameter, all_functions
from .limits import CHARACTERS_A_STEP, DIGITS_MAX, ITEMS_MAX, STEPS_MAX
from .modifiers import modified
from .node import Binary, Bound, Call, Literal, Local, Node, Reference, Unary, walk
from .system import SYSTEM_VALUES


def evaluate(formula: Expression | Template, look: Look, context: Context) -> Value:
    """Work a formula out; a template that is one formula keeps that formula's type, any other gives text."""
    if isinstance(formula, Expression):
        return _Evaluation(look, context).value(formula.root)
    if formula.sole:
        return _Evaluation(look, context).value(formula.sole.root)
    return render(formula, look, context)


def render(formula: Expression | Template, look: Look, context: Context) -> str:
    """Work a formula out and write the result as text."""
    evaluation = _Evaluation(look, context)
    parts = formula.parts if isinstance(formula, Template) else (formula,)
    return joined(part if isinstance(part, str) else context.text(evaluation.value(part.root)) for part in parts)


@cache
def _called(name: str, given: int) -> tuple[Function, tuple[Parameter, ...]]:
    function = all_functions().get(name)
    if function is None:
        raise Failure(complaints.UNKNOWN_FUNCTION.at(name=name))
    parameters = function.parameters(given)
    if parameters is None:
        raise Failure(complaints.WRONG_COUNT.at(name=name, count=given, usage=function.usage))
    return function, parameters


class _Evaluation:
    def __init__(self, look: Look, context: Context) -> None:
        self.look = look
        self.context = context
        self.items: dict[str, Value] = {}
        self.steps = 0

    def value(self, node: Node) -> Value:
        try:
            return self.bounded(_BY_NODE[type(node)](self, node))
        except Failure as failure:
            # The innermost node knows best where it went wrong.
            place = failure.problem.place
            raise Failure(replace(failure.problem, place=replace(place, span=place.span or node.span))) from None

    def bounded(self, value: Value) -> Value:
        self.steps += 1
        if self.steps > STEPS_MAX:
            raise Failure(complaints.TOO_MUCH_WORK.at())
        if isinstance(value, str):
            self.steps += checked_length(len(value)) // CHARACTERS_A_STEP
        elif isinstance(value, int) and abs(value) >= 10**DIGITS_MAX:
            raise Failure(complaints.NUMBER_TOO_LARGE.at(most=DIGITS_MAX))
        elif isinstance(value, tuple):
            if len(value) > ITEMS_MAX:
                raise Failure(complaints.RESULT_TOO_LONG.at(most=ITEMS_MAX))
            self.steps += len(value)
        return value

    def literal(self, node: Literal) -> Value:
        return node.value

    def reference(self, node: Reference) -> Value:
        if node.source != SYSTEM:
            value = self.look(node.bare)
        elif node.name in SYSTEM_VALUES:
            value = SYSTEM_VALUES[node.name][1](self.context)
        else:
            raise Failure(complaints.UNKNOWN_NAME.at(name=str(node.bare)))
        for modifier in node.modifiers:
            value = modified(value, modifier, self.context)
        return value

    def local(self, node: Local) -> Value:
        if node.name not in self.items:
            raise Failure(complaints.UNKNOWN_WORD.at(word=str(node)))
        value = self.items[node.name]
        return self.look(Bound("", node.path, value=value)) if node.path else value

    def unary(self, node: Unary) -> Value:
        operand = self.value(node.operand)
        if is_empty(operand):
            return None
        given = type_of(operand)
        if given.multiple or (node.operator, given.kind) not in SIGNS:
            operand = self.converted(operand, (NUMBER,))
        _result, work = SIGNS[node.operator, type_of(operand).kind]
        return work(operand)  # type: ignore[no-any-return]

    def binary(self, node: Binary) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        zone = self.context.clock
        match node.operator:
            case "&":
                left, right = self.context.text(left), self.context.text(right)
                checked_length(len(left) + len(right))
                return left + right
            case "=":
                return equal(left, right, zone)
            case "<>":
                return not equal(left, right, zone)
            case operator if operator in ORDERS:
                return ordered(operator, left, right, zone)
            case operator:
                return self.reckoned(operator, left, right)

    def reckoned(self, operator: str, left: Value, right: Value) -> Value:
        if is_empty(left) or is_empty(right):
            return None
        left, right = (self.converted(it, (NUMBER,)) if isinstance(it, str) else it for it in (left, right))
        types = type_of(left), type_of(right)
        operation = OPERATIONS.get((operator, types[0].kind, types[1].kind))
        if operation is None or any(it.multiple for it in types):
            fields = {"left": title(types[0]), "right": title(types[1])}
            raise Failure(complaints.WRONG_OPERAND.at(operator=operator, **fields))
        return operation[1](left, right)  # type: ignore[no-any-return]

    def call(self, node: Call) -> Value:
        function, parameters = _called(node.function, len(node.arguments))
        if function.goes_through and len(parameters) > 1:
            return self.gone_through(function, node, parameters)
        asked = zip(node.arguments, parameters, strict=True)
        return self.performed(function, [partial(self.argument, *each) for each in asked])

    def gone_through(self, function: Function, node: Call, parameters: Sequence[Parameter]) -> Value:
        name = node.arguments[1]
        if not isinstance(name, Local):
            raise Failure(complaints.NO_ITEM_NAME.at(function=function.name, usage=function.usage))
        items = self.argument(node.arguments[0], parameters[0])
        self.load(items, name.name, node.arguments[2:])
        each = [self.for_each(name.name, *pair) for pair in zip(node.arguments[2:], parameters[2:], strict=True)]
        return function.perform(*[self.context] * function.context, items, *each)  # type: ignore[no-any-return]

    def for_each(self, name: str, node: Node, parameter: Parameter) -> Callable[[Value], Value]:
        around = self.items

        def worked_out(item: Value) -> Value:
            self.items = {**around, name: item}
            try:
                return self.argument(node, parameter)
            finally:
                self.items = around

        return worked_out

    def load(self, items: Value, name: str, nodes: Sequence[Node]) -> None:
        """Look fields of all items up at once, so that what is not loaded is asked for once and not item by item."""
        inside = (node for root in nodes for node, _depth in walk(root))
        for path in sorted({node.path for node in inside if isinstance(node, Local) and node.name == name} - {()}):
            self.look(Bound("", path, value=items))

    def performed(self, function: Function, asked: Sequence[Callable[[], Value]]) -> Value:
        if function.lazy:
            return function.perform(*asked)  # type: ignore[no-any-return]
        given = [ask() for ask in asked]
        if not function.takes_empty:
            # An optional argument at the end that is empty is one that was not given.
            while len(given) > function.fewest and given[-1] is None:
                given.pop()
            if None in given:
                return None
        before: list[Any] = [self.context] if function.context else []
        return function.perform(*before, *given)  # type: ignore[no-any-return]

    def argument(self, node: Node, parameter: Parameter) -> Value:
        return self.converted(self.value(node), parameter.types)

    def converted(self, value: Value, wanted: tuple[Type, ...]) -> Value:
        if wanted[0] is ANY:
            return value
        given = type_of(value)
        if given in wanted or (given.multiple and many(ANY) in wanted):
            return value
        if isinstance(value, str) and DATE in wanted and MOMENT in wanted:
            wanted = (named_by(value),)
        for each in wanted:
            if isinstance(value, str) or fits(given, each):
                try:
                    return coerce(value, each, zone=self.context.clock, show=self.context.text)
                except WrongType:
                    continue
        raise Failure(complaints.WRONG_VALUE.at(value=self.context.text(value), wanted=title(wanted[0])))


_BY_NODE: dict[type, Callable[[_Evaluation, Any], Value]] = {
    Literal: _Evaluation.literal,
    Reference: _Evaluation.reference,
    Local: _Evaluation.local,
    Unary: _Evaluation.unary,
    Binary: _Evaluation.binary,
    Call: _Evaluation.call,
}
