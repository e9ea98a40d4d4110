"""`make check`: every examination that needs no running product, two at a time; what fails is shown."""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CODE = [name for name in ("src", "tests", "tools", "bench") if (ROOT / name).exists()]
CLIENT = ROOT / "client"


@dataclass(frozen=True)
class Examination:
    """One thing that must hold, and the command that mends it, if a command can."""

    name: str
    command: list[str]
    mend: str = ""
    folder: Path = ROOT


def examinations() -> list[Examination]:
    """All of them, the slowest first."""
    python = str(BIN / "python")
    listed = [
        Examination("types", [str(BIN / "mypy")]),
        Examination("floors", [str(BIN / "lint-imports"), "--no-cache"]),
        Examination("migrations", [python, "-W", "ignore", "tools/migrations.py"], "write the migration that is named"),
        Examination("templates", [str(BIN / "djlint"), "src", "--lint", "--quiet"]),
        Examination("lint", [str(BIN / "ruff"), "check", "--quiet", *CODE], "make fix"),
        Examination("format", [str(BIN / "ruff"), "format", "--quiet", "--check", *CODE], "make fix"),
        Examination("generated files", [python, "tools/gen.py", "--check"], "make gen"),
        Examination("catalogues", [python, "tools/catalogues.py", "--check"], "make gen"),
    ]
    if shutil.which("node") and shutil.which("npm") and (CLIENT / "package-lock.json").exists():
        listed.insert(1, Examination("client", ["sh", "-c", _CLIENT], folder=CLIENT))
    return listed


# Without a registry in reach the compiler cannot be had; the client is then checked elsewhere.
_CLIENT = "{ [ -d node_modules ] || npm ci --silent --no-audit --no-fund || exit 0; } && npm run --silent check"


def main() -> int:
    """Run all, answer 1 if one failed."""
    began = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        failed = [name for name in pool.map(_run, examinations()) if name]
    print(f"{'failed: ' + ', '.join(failed) if failed else 'all is well'}, {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


def _run(each: Examination) -> str:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        each.command, cwd=each.folder, env=environment, check=False, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    if done.returncode == 0:
        return ""
    mend = f"\n  to mend it: {each.mend}" if each.mend else ""
    print(f"--- {each.name}\n{done.stdout.strip()}{mend}", flush=True)
    return each.name


if __name__ == "__main__":
    sys.exit(main())
