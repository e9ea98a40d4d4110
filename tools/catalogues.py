"""Compile every `.po` beside its `.mo`; with `--check` only say which ones are stale."""

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Write, or compare."""
    stale = [file for file in sorted((ROOT / "src").rglob("locale/*/LC_MESSAGES/*.po")) if not _is_fresh(file)]
    if "--check" not in arguments:
        for file in stale:
            file.with_suffix(".mo").write_bytes(polib.pofile(str(file)).to_binary())
        return 0
    for file in stale:
        print(f"{file.relative_to(ROOT).with_suffix('.mo')} is stale: run make gen")
    return 1 if stale else 0


def _is_fresh(file: Path) -> bool:
    compiled = file.with_suffix(".mo")
    if not compiled.exists():
        return False
    wanted = {(entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural for entry in polib.pofile(str(file))
              if entry.translated()}  # fmt: skip
    known = {(entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural for entry in polib.mofile(str(compiled))}
    return wanted == known


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
