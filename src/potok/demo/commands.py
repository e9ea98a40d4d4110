"""Commands of the demo company."""

import sys
from typing import Annotated

from django.conf import settings
from django.utils.translation import gettext as _

from potok.demo import company, removal
from potok.demo.loading import PASSWORD, Builder, login
from potok.demo.models import Loaded
from potok.kit.commands import command
from potok.kit.doors import opened
from potok.kit.errors import refusal
from potok.kit.words import gettext_noop
from potok.people.public import Person

NOT_EMPTY = refusal(
    "demo.not_empty", gettext_noop("There are people here already. The demo company moves only into an empty house.")
)
NO_LANGUAGE = refusal("demo.no_language", gettext_noop("The demo company speaks {known}, not “{language}”."))


@command("demo load")
def load(*, language: Annotated[str, "ru or en; the language of the terminal when left out"] = "") -> None:
    """Load the demo company: people, clients, deals and a running process."""
    language = language or (settings.CONSOLE_LANGUAGE if settings.CONSOLE_LANGUAGE in company.LANGUAGES else "en")
    if language not in company.LANGUAGES:
        raise NO_LANGUAGE(language=language, known=", ".join(company.LANGUAGES))
    if Person.objects.exists():
        raise NOT_EMPTY()
    with opened(None, door="start_up") as call:
        Builder(call, language).build()


@command("demo remove")
def remove() -> None:
    """Take the demo company away, and everything that was done in it."""
    removal.remove()


@command("demo about")
def about() -> None:
    """Say who signs in, and what to try."""
    loaded = Loaded.objects.first()
    if loaded is None:
        return
    data = company.read(loaded.language)
    lines = [
        _("Demo company “%(name)s”. The password of all: %(password)s")
        % {"name": data["company"], "password": PASSWORD}
    ]
    shown = {"tikhonov", "gromov", "akhmetov", "sheremeteva"}
    people = [given for given in data["people"] if given["code"] in shown]
    width = max(len(login(given)) for given in people)
    lines += [f"  {login(given):{width}}  {given['name']} {given['surname']}, {given['position']}" for given in people]
    lines.append(
        _("Try it: as the manager, drag a deal to the stage “%(paid)s”; then look into the inbox of the head.")
        % {"paid": next(s["title"] for s in data["pipelines"][0]["stages"] if s["code"] == "PAID")}
    )
    sys.stdout.write("\n".join(lines) + "\n")
