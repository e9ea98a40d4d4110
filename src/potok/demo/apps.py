"""Start-up of the demo company."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "potok.demo"
    label = "demo"

    def ready(self) -> None:
        from potok.demo import commands, company  # noqa: F401 (the commands register)
        from potok.processes.public import library

        library.shelves.add("stories", library.Shelf(company.STORIES, company.FOLDER / "processes"))
