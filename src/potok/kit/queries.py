"""Queries: questions with a public name that blocks and doors may ask; one round trip for all who ask at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, ParamSpec, TypeVar

from potok.kit.errors import Refused
from potok.kit.operations import first_line
from potok.kit.registry import Registry

P = ParamSpec("P")
T = TypeVar("T")
Asked = Sequence[Mapping[str, Any]]

queries: Registry["Query[..., Any]"] = Registry("query")


@dataclass(frozen=True, eq=False)
class Query(Generic[P, T]):
    """A question. `all` answers a list of them in order, with an answer or a `Refused` each."""

    name: str
    one: Callable[P, T]
    all: Callable[[Asked], Sequence[Any]] | None = None
    title: str = field(default="")

    def __call__(self, *args: P.args, **given: P.kwargs) -> T:
        if self.all is None:
            return self.one(*args, **given)
        answer: T | Refused = self.all([given])[0]
        if isinstance(answer, Refused):
            raise answer
        return answer

    def many(self, asked: Asked) -> list[T | Refused]:
        """Answer all; equal questions are asked once by the caller."""
        if self.all is not None:
            return list(self.all(asked))
        return [self._try(given) for given in asked]

    def _try(self, given: Mapping[str, Any]) -> T | Refused:
        try:
            return self.one(**given)  # type: ignore[call-arg]
        except Refused as refused:
            return refused


def query(name: str, *, all: Callable[[Asked], Sequence[Any]] | None = None) -> Callable[[Callable[P, T]], Query[P, T]]:
    """Give a question a public name. With `all`, the function's body is never run: it declares the signature."""

    def declare(one: Callable[P, T]) -> Query[P, T]:
        asked = Query(name, one, all, first_line(one))
        queries.add(name, asked)
        return asked

    return declare
