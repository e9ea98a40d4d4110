"""The commands of the site itself; each imports what it needs when it runs, so that `potok up` stays small."""

from typing import Annotated

from potok.kit.commands import command

Parent = Annotated[int, "stop when the process with this number is no longer the parent"]
WithoutDemo = Annotated[bool, "leave an empty database empty"]


@command("up", light=True)
def up(
    *,
    parent: Parent = 0,
    without_demo: WithoutDemo = False,
) -> int:
    """Start everything and watch over it until Ctrl-C."""
    from potok.site.supervisor import Supervisor

    return Supervisor(parent=parent, with_demo=not without_demo).run()


@command("web")
def web(
    *,
    socket: Annotated[int, "number of an open listening socket"] = -1,
    parent: Parent = 0,
    prepare: Annotated[bool, "first do what `potok prepare` does"] = False,
    without_demo: WithoutDemo = False,
) -> None:
    """Answer the browsers."""
    if prepare:
        from potok.site import preparation

        preparation.prepare(with_demo=not without_demo)
    # Only now: with this import the static files are counted.
    from potok.site.web import serve

    serve(socket, parent=parent)


@command("worker")
def worker(*, parent: Parent = 0) -> int:
    """Carry the processes on and do the work in the background."""
    from potok.site.worker import run

    return run(parent=parent)


@command("migrate")
def migrate() -> None:
    """Bring the database up to this version."""
    from potok.site import preparation

    preparation.migrate()


@command("prepare")
def prepare(*, without_demo: WithoutDemo = False) -> None:
    """Bring database and static files up to this version; load the demo company if nobody is there yet."""
    from potok.site import preparation

    preparation.prepare(with_demo=not without_demo)


@command("doctor", light=True)
def doctor() -> int:
    """Say what is wrong on this machine, and how to mend it."""
    from potok.site.doctor import run

    return run()
