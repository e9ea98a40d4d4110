"""The type of a formula, and everything wrong with it, before any value is known."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC
from difflib import get_close_matches

from potok.engine.problems import Declared, Place, Problem, Problems
from potok.engine.values import ANY, NUMBER, TEXT, YES_NO, Type, WrongType, coerce, fits, title

from . import complaints
from .arithmetic import OPERATIONS, SIGNS
from .comparison import ORDERS, comparable
from .expression import SYSTEM, Expression, Template
from .functions import Function, Parameter, all_functions
from .modifiers import type_after
from .node import Binary, Call, Literal, Local, Node, Reference, Unary
from .system import SYSTEM_VALUES

Types = Callable[[Reference], Type | None]
Fields = Callable[[Type, str], Type | None]


def check(
    formula: Expression | Template, types: Types, *, known: Sequence[str] = (), fields: Fields | None = None
) -> tuple[Type, list[Problem]]:
    """Tell the type a formula gives and list what is wrong with it, each problem with its span.

    `types` answers None for a reference that does not exist; `known` ("Document:stage", …) lets the hint guess
    what was meant. `fields` tells the type of a field of what a link leads to, for items of lists; without it they are
    found out when the formula is worked out. A template that is one formula has that formula's type, any other is text.
    """
    checking = _Check(types, known, fields or (lambda _of, _name: ANY))
    if isinstance(formula, Expression):
        return checking.type(formula.root), checking.problems
    found = [checking.type(part.root) for part in formula.parts if isinstance(part, Expression)]
    return found[0] if formula.sole else TEXT, checking.problems


def check_condition(
    formula: Expression, types: Types, *, known: Sequence[str] = (), fields: Fields | None = None
) -> list[Problem]:
    """List what is wrong with a formula that has to give yes or no."""
    given, problems = check(formula, types, known=known, fields=fields)
    if not problems and not fits(given, YES_NO):
        place = Place(span=formula.root.span)
        return [complaints.NOT_A_CONDITION.at(place, given=title(given))]
    return problems


class _Check:
    """Walks a formula from the leaves up. What is wrong counts as `any`, so that one mistake is told once."""

    def __init__(self, types: Types, known: Sequence[str], fields: Fields) -> None:
        self.types = types
        self.known = known
        self.fields = fields
        self.items: dict[str, Type] = {}
        self.problems: list[Problem] = []

    def type(self, node: Node) -> Type:
        match node:
            case Literal(value=None):
                return ANY
            case Literal(value=value):
                return YES_NO if isinstance(value, bool) else TEXT if isinstance(value, str) else NUMBER
            case Reference():
                return self.reference(node)
            case Local():
                return self.local(node)
            case Unary():
                return self.unary(node)
            case Binary():
                return self.binary(node)
            case _:
                return self.call(node)

    def wrong(self, kind: Declared, node: Node, **fields: object) -> Type:
        self.problems.append(kind.at(Place(span=node.span), **fields))
        return ANY

    def reference(self, node: Reference) -> Type:
        known = self.system(node) if node.source == SYSTEM else self.types(node.bare)
        if known is None:
            return self.unknown(node)
        for modifier in node.modifiers:
            after = type_after(modifier, known)
            if after is None:
                return self.wrong(complaints.UNKNOWN_MODIFIER, node, modifier=modifier, given=title(known))
            known = after
        return known

    def local(self, node: Local) -> Type:
        if node.name not in self.items:
            return self.wrong(complaints.UNKNOWN_WORD, node, word=str(node))
        found = self.items[node.name]
        for name in node.path:
            after = self.fields(found, name) if found != ANY else ANY
            if after is None:
                return self.wrong(complaints.UNKNOWN_NAME, node, name=str(node))
            found = after
        return found

    def system(self, node: Reference) -> Type | None:
        return SYSTEM_VALUES[node.name][0] if node.name in SYSTEM_VALUES else None

    def unknown(self, node: Reference) -> Type:
        name = f"{node.source}:{node.name}"
        guesses = get_close_matches(name, [*self.known, *(f"{SYSTEM}:{each}" for each in SYSTEM_VALUES)], n=1)
        if guesses:
            return self.wrong(complaints.MISSPELT_NAME, node, name=str(node.bare), guess=f"{{={guesses[0]}}}")
        return self.wrong(complaints.UNKNOWN_NAME, node, name=str(node.bare))

    def unary(self, node: Unary) -> Type:
        operand = _as_number(node.operand, self.type(node.operand))
        if operand.kind == ANY.kind:
            return ANY
        if operand.multiple or (node.operator, operand.kind) not in SIGNS:
            return self.wrong(complaints.WRONG_SIGN, node, operator=node.operator, given=title(operand))
        return SIGNS[node.operator, operand.kind][0]

    def binary(self, node: Binary) -> Type:
        left, right = self.type(node.left), self.type(node.right)
        if node.operator == "&":
            return TEXT
        if node.operator in ("=", "<>", *ORDERS):
            return self.comparison(node, left, right)
        left, right = _as_number(node.left, left), _as_number(node.right, right)
        results = _results(node.operator, left, right)
        if not results:
            return self.wrong_operand(node, left, right)
        return results.pop() if len(results) == 1 else ANY

    def comparison(self, node: Binary, left: Type, right: Type) -> Type:
        reads = _reads_as(node.left, right) or _reads_as(node.right, left)
        if not comparable(left, right, ordered=node.operator in ORDERS) and not reads:
            self.wrong_operand(node, left, right)
        return YES_NO

    def wrong_operand(self, node: Binary, left: Type, right: Type) -> Type:
        return self.wrong(complaints.WRONG_OPERAND, node, operator=node.operator, left=title(left), right=title(right))

    def call(self, node: Call) -> Type:
        function = all_functions().get(node.function)
        if function is None:
            return self.unknown_function(node)
        count = len(node.arguments)
        parameters = function.parameters(count)
        if parameters is None:
            return self.wrong(complaints.WRONG_COUNT, node, name=function.name, count=count, usage=function.usage)
        given = self.through(function, node) if function.goes_through and count > 1 else self.given(node)
        for (argument, type_), parameter in zip(given, parameters, strict=True):
            self.argument(function, parameter, argument, type_)
        return function.gives if isinstance(function.gives, Type) else function.gives(given)

    def given(self, node: Call) -> list[tuple[Node, Type]]:
        return [(argument, self.type(argument)) for argument in node.arguments]

    def through(self, function: Function, node: Call) -> list[tuple[Node, Type]]:
        """Type the arguments of a function that goes through the items of its first, under the name that it gives."""
        items, name, *each = node.arguments
        of = self.type(items)
        if not isinstance(name, Local) or name.path:
            self.wrong(complaints.NO_ITEM_NAME, name, function=function.name, usage=function.usage)
            return [(items, of), *((argument, ANY) for argument in (name, *each))]
        before = self.items
        self.items = {**before, name.name: of.single}
        found = [(argument, self.type(argument)) for argument in each]
        self.items = before
        return [(items, of), (name, ANY), *found]

    def unknown_function(self, node: Call) -> Type:
        guesses = get_close_matches(node.function, all_functions(), n=1)
        if guesses:
            return self.wrong(complaints.MISSPELT_FUNCTION, node, name=node.function, guess=guesses[0])
        return self.wrong(complaints.UNKNOWN_FUNCTION, node, name=node.function)

    def argument(self, function: Function, parameter: Parameter, node: Node, given: Type) -> None:
        if any(fits(given, wanted) or _reads_as(node, wanted) for wanted in parameter.types):
            self.problems += _misread(node, parameter)
            return
        self.wrong(
            complaints.WRONG_ARGUMENT, node, parameter=parameter.name, function=function.name, given=title(given),
            wanted=title(parameter.types[0]),
        )  # fmt: skip


def _reads_as(node: Node, wanted: Type) -> bool:
    """Tell whether a text written in the formula can be read as the type: "2024-01-10" as a date."""
    if not isinstance(node, Literal) or not isinstance(node.value, str):
        return False
    try:
        return coerce(node.value, wanted.single, zone=UTC) is not None
    except WrongType:
        return False


def _misread(node: Node, parameter: Parameter) -> list[Problem]:
    if parameter.reads is None or not isinstance(node, Literal) or not isinstance(node.value, str):
        return []
    found = parameter.reads(node.value)
    place = Place(span=node.span)
    return [replace(problem, place=place) for problem in found] if isinstance(found, Problems) else []


def _as_number(node: Node, given: Type) -> Type:
    return NUMBER if _reads_as(node, NUMBER) else given


def _results(operator: str, left: Type, right: Type) -> set[Type]:
    if left.multiple or right.multiple:
        return set()
    return {
        result
        for (sign, first, second), (result, _work) in OPERATIONS.items()
        if sign == operator and left.kind in (first, ANY.kind) and right.kind in (second, ANY.kind)
    }
