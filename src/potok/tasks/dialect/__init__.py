"""Tasks and their comments under Bitrix24's names: `tasks.task.*`, `task.commentitem.*`."""

from potok.tasks.dialect import beside, comments, methods  # noqa: F401 (they register their methods)
