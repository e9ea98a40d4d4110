"""See to it that the tests have a Chromium: Debian's, through apt where this user may. Standard library only."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]


def main() -> int:
    """Find a browser or install one; else name the command."""
    if any(map(shutil.which, NAMES)):
        return 0
    if shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        print("Installing Chromium for the tests.", flush=True)
        for command in (["apt-get", "update", "-q"], INSTALL):
            if not (shutil.which((sudo + command)[0]) and _run(sudo + command, environment=quiet)):
                break
        if any(map(shutil.which, NAMES)):
            return 0
    print("The tests need Chromium. Debian: sudo apt install chromium", file=sys.stderr)
    return 1


def _run(command: list[str], *, environment: dict[str, str]) -> bool:
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
