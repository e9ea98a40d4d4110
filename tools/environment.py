"""Make `.venv` from a lock file: `python3 tools/environment.py runtime|dev|bench`. Standard library only.

A stamp says which lock the environment was made from, so that a second call costs nothing.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# What contains what: an environment for tests runs the product too.
ALSO = {"runtime": ["runtime"], "dev": ["dev", "runtime"], "bench": ["bench"]}
COMMAND = """#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -m potok.site.main "$@"
"""


def main(kind: str) -> int:
    """Bring the environment up to the lock; answer with an exit code."""
    lock = ROOT / "requirements" / f"{kind}.lock"
    wanted = hashlib.sha256(lock.read_bytes() + str(VENV).encode()).hexdigest()
    stamp = VENV / f"made-from-{kind}"
    if stamp.exists() and stamp.read_text() == wanted and PYTHON.exists():
        return 0
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        package = "python{}.{}-venv".format(*sys.version_info)
        return _say(f"Python cannot make an environment here. Debian and Ubuntu: sudo apt install {package}")
    print(f"Making the environment ({kind}): a minute or two, once.", flush=True)
    if not PYTHON.exists() or not _answers(str(PYTHON), "-m", "pip", "--version"):
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    if not _install(lock):
        return _say(f"The packages of {lock.relative_to(ROOT)} could not be installed; the reason is above.")
    _link()
    for each in ALSO[kind]:
        contents = (ROOT / "requirements" / f"{each}.lock").read_bytes()
        (VENV / f"made-from-{each}").write_text(hashlib.sha256(contents + str(VENV).encode()).hexdigest())
    return 0


def _install(lock: Path) -> bool:
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "-qq", "install"]
    done = subprocess.run([*pip, "--require-hashes", "--no-deps", "-r", str(lock)], check=False)
    return done.returncode == 0


def _link() -> None:
    """Make the sources importable and `potok` a command, without building anything."""
    # The scheme is named: the usual one of Debian's Python is that of the machine, not of an environment.
    folder = sysconfig.get_path("purelib", "venv", vars={"base": str(VENV), "platbase": str(VENV)})
    Path(folder, "potok.pth").write_text(f"{ROOT / 'src'}\n")
    command = VENV / "bin" / "potok"
    command.unlink(missing_ok=True)
    command.write_text(COMMAND)
    command.chmod(0o755)


def _answers(*command: str) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1]))
