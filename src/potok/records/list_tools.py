"""What other parts do with many records at once: buttons in the bar of the records that are marked in a list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse

from potok.kit.registry import Registry
from potok.ui.slots import Text


@dataclass(frozen=True)
class ListTool:
    """One button. `use(request, record type, ids)` answers what the press of it leads to; the ids are of records that
    the person sees: those that are marked, or all that the filter lets through."""

    name: str
    title: Text
    icon: str
    use: Callable[[HttpRequest, str, Sequence[int]], HttpResponse] = field(compare=False)
    visible: Callable[[HttpRequest, str], bool] = field(compare=False)


list_tools: Registry[ListTool] = Registry("tool of a list")
