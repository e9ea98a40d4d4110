"""From text to formula. The grammar stands in `formula.lark`, that of insertions in `template.lark`."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from lark import (
    Lark,
    Token,
    Transformer_NonRecursive,
    UnexpectedCharacters,
    UnexpectedInput,
    UnexpectedToken,
    v_args,
)
from lark.tree import Meta

from potok.engine.problems import Place, Problem, Problems
from potok.engine.values import number

from . import complaints
from .expression import Expression, Template
from .limits import DEPTH_MAX, DIGITS_MAX, FORMULA_LENGTH_MAX, INSERTIONS_MAX, TEXT_LENGTH_MAX
from .node import Binary, Call, Literal, Local, Node, Reference, Span, Unary, unbound, walk

WORDS = {"true": True, "false": False, "empty": None}
OPERATORS_ELSEWHERE = {"==": "=", "!=": "<>", "&&": "and", "||": "or", "!": "not", "**": "^"}


def read(text: str, *, names: Mapping[str, str] | None = None) -> Expression | Problems:
    """Read a bare formula, without the leading `=`. `names` resolves `{{Friendly name}}` to `Document:field`."""
    return _formula(text, 0, names=names or {})


def read_text(text: str, *, names: Mapping[str, str] | None = None) -> Template | Problems:
    """Read a value: a formula if it begins with `=`, else a text with `{=…}` and `{{=…}}` inserted."""
    if len(text) > TEXT_LENGTH_MAX:
        return Problems([complaints.TOO_LONG.at(length=len(text), most=TEXT_LENGTH_MAX)])
    if text.startswith("="):
        parts: list[str | Expression | Problems] = [_formula(text[1:], 1, names=names or {})]
    else:
        # Counted before anything is read: each of them takes a while.
        inserted = text.count("{=") + text.count("{{")
        if inserted > 2 * INSERTIONS_MAX:
            return Problems([complaints.TOO_MANY_INSERTIONS.at(count=inserted, most=INSERTIONS_MAX)])
        tokens = _template_grammar().lex(text)
        parts = [_piece(token, names or {}) for token in tokens]
    if wrong := [problem for part in parts if isinstance(part, Problems) for problem in part]:
        return Problems(wrong)
    return Template(_joined([part for part in parts if not isinstance(part, Problems)]))


def _piece(token: Token, names: Mapping[str, str]) -> str | Expression | Problems:
    start = token.start_pos or 0
    match token.type:
        case "FORMULA":
            return _formula(token[3:-2], start + 3, names=names)
        case "REFERENCE" | "FRIENDLY":
            return _formula(str(token), start, names=names)
        case "BROKEN":
            return Problems([complaints.UNCLOSED_INSERTION.at(Place(span=(start, start + len(token))))])
        case _:
            return str(token)


def _joined(parts: list[str | Expression]) -> tuple[str | Expression, ...]:
    joined: list[str | Expression] = []
    texts: list[str] = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
            continue
        joined += ["".join(texts), part] if texts else [part]
        texts.clear()
    joined += ["".join(texts)] if texts else []
    return tuple(joined)


def _formula(text: str, offset: int, *, names: Mapping[str, str]) -> Expression | Problems:
    if len(text) > FORMULA_LENGTH_MAX:
        return Problems([complaints.TOO_LONG.at(length=len(text), most=FORMULA_LENGTH_MAX)])
    try:
        tree = _formula_grammar().parse(text)
    except UnexpectedInput as error:
        return Problems([_syntax(error, text, offset)])
    builder = _Builder(names, offset)
    root: Node = builder.transform(tree)
    if not builder.problems and any(depth > DEPTH_MAX for _node, depth in walk(root)):
        builder.problems.append(complaints.TOO_DEEP.at(Place(span=root.span), most=DEPTH_MAX))
    builder.problems += [complaints.UNKNOWN_WORD.at(Place(span=each.span), word=str(each)) for each in unbound(root)]
    return Problems(builder.problems) if builder.problems else Expression(root)


def _syntax(error: UnexpectedInput, text: str, offset: int) -> Problem:
    start = error.pos_in_stream if error.pos_in_stream is not None else len(text)
    rest = text[start:]
    # At the end of the text the parser names the last token it saw, not the end.
    if not rest.strip() or (isinstance(error, UnexpectedToken) and error.token.type == "$END"):
        return complaints.UNFINISHED.at(Place(span=(offset + len(text), offset + len(text))))
    place = Place(span=(offset + start, offset + start + 1))
    for foreign, instead in OPERATORS_ELSEWHERE.items():
        # The first sign of "==" is right in itself, so the parser stumbles over the second.
        if rest.startswith(foreign) or text[: start + 1].endswith(foreign):
            return complaints.FOREIGN_OPERATOR.at(place, found=foreign, instead=instead)
    if isinstance(error, UnexpectedCharacters) and rest[0] in "\"'":
        return complaints.UNCLOSED_TEXT.at(place)
    found = re.match(r"\w+|\W", rest)
    return complaints.UNEXPECTED.at(place, found=found[0] if found else rest[0])


@cache
def _formula_grammar() -> Lark:
    return Lark(_grammar("formula.lark"), parser="lalr", propagate_positions=True, maybe_placeholders=False)


@cache
def _template_grammar() -> Lark:
    return Lark(_grammar("template.lark"), parser="lalr", lexer="basic")


def _grammar(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


@v_args(meta=True)
class _Builder(Transformer_NonRecursive[Token, Node]):
    """Turns the parser's tree into ours; what is wrong is noted, and something harmless put in its place."""

    def __init__(self, names: Mapping[str, str], offset: int) -> None:
        super().__init__()
        self.names = names
        self.offset = offset
        self.problems: list[Problem] = []

    def span(self, meta: Meta) -> Span:
        return (meta.start_pos + self.offset, meta.end_pos + self.offset)

    def start(self, meta: Meta, parts: list[Any]) -> Node:
        node: Node = parts[0]
        return node

    def binary(self, meta: Meta, parts: list[Any]) -> Node:
        left, operator, right = parts
        return Binary(str(operator), left, right, self.span(meta))

    def either(self, meta: Meta, parts: list[Any]) -> Node:
        return Call("or", tuple(parts), self.span(meta))

    def both(self, meta: Meta, parts: list[Any]) -> Node:
        return Call("and", tuple(parts), self.span(meta))

    def neither(self, meta: Meta, parts: list[Any]) -> Node:
        return Call("not", tuple(parts), self.span(meta))

    def joined(self, meta: Meta, parts: list[Any]) -> Node:
        left, right = parts
        return Binary("&", left, right, self.span(meta))

    def power(self, meta: Meta, parts: list[Any]) -> Node:
        base, exponent = parts
        return Binary("^", base, exponent, self.span(meta))

    def unary(self, meta: Meta, parts: list[Any]) -> Node:
        sign, operand = parts
        return Unary("-", operand, self.span(meta)) if sign == "-" else operand

    def percent(self, meta: Meta, parts: list[Any]) -> Node:
        return Unary("%", parts[0], self.span(meta))

    def number(self, meta: Meta, parts: list[Any]) -> Node:
        if len(parts[0]) > DIGITS_MAX:
            return self.wrong(complaints.TOO_MANY_DIGITS.at(Place(span=self.span(meta)), most=DIGITS_MAX))
        return Literal(number(Decimal(parts[0])), self.span(meta))

    def text(self, meta: Meta, parts: list[Any]) -> Node:
        mark = parts[0][0]
        return Literal(parts[0][1:-1].replace(mark * 2, mark), self.span(meta))

    def word(self, meta: Meta, parts: list[Any]) -> Node:
        word = parts[0].lower()
        if word not in WORDS:
            return Local(str(parts[0]), span=self.span(meta))
        return Literal(WORDS[word], self.span(meta))

    def item(self, meta: Meta, parts: list[Any]) -> Node:
        name, *path = parts[0].split(".")
        return Local(name, tuple(path), self.span(meta))

    def call(self, meta: Meta, parts: list[Any]) -> Node:
        name, *arguments = parts
        return Call(name.lower(), tuple(arguments), self.span(meta))

    def reference(self, meta: Meta, parts: list[Any]) -> Node:
        return self.named(parts[0][2:-1], parts[0], self.span(meta))

    def friendly(self, meta: Meta, parts: list[Any]) -> Node:
        caption = parts[0][2:-2].strip()
        if caption not in self.names:
            return self.wrong(complaints.UNKNOWN_CAPTION.at(Place(span=self.span(meta)), name=caption))
        return self.named(self.names[caption], parts[0], self.span(meta))

    def named(self, inside: str, written: str, span: Span) -> Node:
        parts = _REFERENCE.fullmatch(inside)
        if parts is None:
            return self.wrong(complaints.WRONG_REFERENCE.at(Place(span=span), found=str(written)))
        source, name, given = parts.groups()
        modifiers = tuple(modifier.strip() for modifier in given.split(",")) if given else ()
        # The older way to ask for the printed form: {=Variable:Employee_printable}.
        if old := _PRINTABLE.fullmatch(name):
            name, modifiers = old[1], ("printable", *modifiers)
        return Reference(source, tuple(name.split(".")), modifiers, span)

    def wrong(self, problem: Problem) -> Node:
        self.problems.append(problem)
        return Literal(None)


_REFERENCE = re.compile(r"\s*(\w[\w-]*)\s*:\s*([\w-]+(?:\.[\w-]+)*)\s*(?:>\s*([^,>]+(?:,[^,>]+)*?)\s*)?")
_PRINTABLE = re.compile(r"(.+)_printable", re.IGNORECASE)
