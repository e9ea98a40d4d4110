"""Who asks, when, why and under which key: what the door knows and every operation is told."""

from dataclasses import dataclass, field
from datetime import datetime

SCREEN, REST, IMPORT, COMMAND, INSTANCE, START_UP = "screen", "rest", "import", "command", "instance", "start_up"
CLOCK = "clock"  # a schedule, or a value that has stayed long enough


@dataclass(frozen=True, slots=True)
class Cause:
    """Through which door a change came. For an instance, `instance`, `token` and `definition` say which.

    `title` is what people call the definition, or the file of an import: parts that know no processes name it in what
    they say. What a `quiet` cause changes starts nothing.
    """

    door: str
    instance: int | None = None
    token: int | None = None
    definition: str = ""
    title: str = ""
    quiet: bool = False

    def plain(self) -> dict[str, int | str | None]:
        """The same as JSON, with only what is set."""
        given = {
            "door": self.door,
            "instance": self.instance,
            "token": self.token,
            "definition": self.definition,
            "title": self.title,
            "quiet": self.quiet,
        }
        return {name: value for name, value in given.items() if value is not False and value not in (None, "")}


@dataclass(frozen=True, slots=True)
class Call:
    """One ask. `by` is a person's id, or None for the system itself, to which nothing is forbidden.

    `on_behalf` is the person in whose name the system acts, if there is one: history and journal name both.
    `depth` counts how many processes stand between this ask and a person.
    """

    by: int | None
    at: datetime
    key: str = ""
    cause: Cause = field(default=Cause(SCREEN))
    depth: int = 0
    on_behalf: int | None = None

    @property
    def author(self) -> int | None:
        """The person to name in the history: who asked, or in whose name the system did."""
        return self.by if self.by is not None else self.on_behalf

    def under(self, key: str) -> "Call":
        """The same ask under another idempotency key."""
        return Call(self.by, self.at, key, self.cause, self.depth, self.on_behalf)

    def by_system(self) -> "Call":
        """The same ask made by the system in the person's name: what follows from a permitted act needs no right."""
        return Call(None, self.at, self.key, self.cause, self.depth, self.author)
