"""Methods about the door itself: `methods`, `method.get`, `scope`, `server.time`."""

from pydantic import Field

from potok.kit import clock
from potok.kit.calls import Call
from potok.kit.dialects import Arguments, method, methods
from potok.rest import scopes


class Nothing(Arguments):
    """No arguments."""


class ScopeArguments(Arguments):
    full: bool = False


class MethodsArguments(Arguments):
    full: bool = False
    scope: str = ""


class MethodArguments(Arguments):
    name: str = Field()


@method("server.time", scope=scopes.BASIC)
def server_time(call: Call, given: Nothing) -> str:
    """The server's time, with fractions of a second."""
    return clock.now().isoformat()


@method("scope", scope=scopes.BASIC)
def scope(call: Call, given: ScopeArguments) -> list[str]:
    """All scopes of this installation."""
    return [scopes.BASIC, *scopes.known()]


@method("methods", scope=scopes.BASIC)
def list_methods(call: Call, given: MethodsArguments) -> list[str]:
    """The names of all methods, or of one scope's."""
    return sorted(m.name for m in methods.all().values() if not given.scope or m.scope == given.scope)


@method("method.get", scope=scopes.BASIC)
def get_method(call: Call, given: MethodArguments) -> dict[str, bool]:
    """Whether a method exists and may be called."""
    exists = given.name.lower() in {name.lower() for name in methods}
    return {"isExisting": exists, "isAvailable": exists}
