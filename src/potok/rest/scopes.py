"""Scopes: which methods a web-hook may call. `basic` is in every one."""

from potok.kit.dialects import methods

BASIC = "basic"


def known() -> list[str]:
    """All scopes that some method needs, without the basic one."""
    return sorted({method.scope for method in methods.all().values()} - {BASIC})


def allows(granted: list[str], needed: str) -> bool:
    """Say whether a web-hook with these scopes may call a method of this one."""
    return needed == BASIC or needed in granted
