"""The `potok` command: light commands run at once, for all others the parts are loaded first."""

import sys
from collections.abc import Callable, Sequence

from potok.cli import door
from potok.kit.commands import commands
from potok.kit.errors import Trouble, speak_with
from potok.site import commands as own  # noqa: F401 (declares the commands of the site)
from potok.site import console, keys, settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and say how it ended."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    speak_with(console.translate)
    try:
        translate = console.translate if _is_light(words) else _load()
        return door.run(words, commands=commands.all().values(), translate=translate)
    except Trouble as no:
        sys.stderr.write(f"{no.sentence()} ({no.code})\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _is_light(words: list[str]) -> bool:
    named = commands.get(words[0]) if words else None
    return named is not None and named.light


def _load() -> Callable[[str], str]:
    """Load the parts, and answer with a translator that knows the sentences of all of them."""
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.keep(settings.DATA / "keys.json")
    # Imported here, so that the supervisor stays a small process.
    import django
    from django.utils import translation
    from django.utils.module_loading import autodiscover_modules

    django.setup()
    translation.activate(settings.CONSOLE_LANGUAGE)
    autodiscover_modules("commands")
    return lambda sentence: translation.gettext(sentence) if sentence else ""


if __name__ == "__main__":
    sys.exit(main())
