"""What happened to providers and to those whom they know."""

from dataclasses import dataclass
from typing import ClassVar

from potok.kit.events import Event, event


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class ProviderChanged(Event):
    """A provider was added, is set otherwise, or is gone."""

    name: ClassVar[str] = "providers.provider.changed"
    provider: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class IdentityLinked(Event):
    """A provider knows a person from now on."""

    name: ClassVar[str] = "providers.identity.linked"
    provider: int
    person: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class IdentityUnlinked(Event):
    """What a provider knows of a person is forgotten: his next sign-in links him anew."""

    name: ClassVar[str] = "providers.identity.unlinked"
    provider: int
    person: int
