"""Commands that parts offer in the palette, each for a page: on a card they may be about its record.

offers.add("processes", lambda request, record: [Found(title, url, icon), …])
"""

from collections.abc import Callable, Iterable

from django.http import HttpRequest

from potok.engine.values import RecordRef
from potok.kit.registry import Registry
from potok.ui.shapes import Found

Offer = Callable[[HttpRequest, RecordRef | None], Iterable[Found]]
offers: Registry[Offer] = Registry("offer of the palette")
