"""What people from outside may open: what waits for them, and themselves. Everything else is closed to them.

Each of these pages shows only what concerns who asks: an assignment to who is asked, a task to who takes part in it, a
file to who sees what it hangs on.
"""

OPEN = frozenset(
    {
        "home",
        "ui:rail",
        "ui:keys",
        "inbox:show",
        "inbox:read",
        "inbox:nap",
        "inbox:wake",
        "notices:show",
        "notices:follow",
        "notices:see_all",
        "notices:arrivals",
        "processes:assignment",
        "processes:claim",
        "processes:answer",
        "processes:draft",
        "processes:colleagues",
        "processes:command",
        "disk:upload",
        "disk:file",
        "tasks:card",
        "tasks:work",
        "tasks:rest",
        "tasks:closure",
        "tasks:reopen",
        "tasks:acceptance",
        "tasks:return",
        "tasks:comments",
        "tasks:checklist",
        "tasks:item",
        "people:sign_out",
        "people:profile",
        "people:phones",
        "people:photo",
        "people:picture",
        "people:password",
        "people:see_as_end",
    }
)
