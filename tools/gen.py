"""Write the files that are derived from the code; with `--check` only say which ones are stale."""

import sys
from pathlib import Path

import django

from tools import reference

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
HEAD = "<!-- Written by `make gen`; edit the code it is derived from. -->\n\n"


def main(arguments: list[str]) -> int:
    """Write, or compare."""
    start()
    stale = []
    for name, write in reference.pages().items():
        file, text = REFERENCE / name, HEAD + write()
        if not file.exists() or file.read_text() != text:
            stale.append(name)
            if "--check" not in arguments:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
    if "--check" in arguments and stale:
        print(f"docs/reference is stale ({', '.join(stale)}): run make gen")
        return 1
    return 0


def start() -> None:
    """Load all parts, so that their registries are full, in the language of the source."""
    import potok.site.settings  # noqa: F401 (names itself as the settings)

    django.setup()
    from django.utils import translation
    from django.utils.module_loading import autodiscover_modules

    translation.deactivate_all()
    autodiscover_modules("commands")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
