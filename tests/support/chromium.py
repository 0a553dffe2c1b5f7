"""Find the Chromium that the browser tests drive, or install Debian's. `python -m tests.support.chromium` does both.

Without a browser the tests fail and say what to install; they never pass by skipping.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PACKAGES = ("chromium", "fonts-noto-cjk")
HELP = (
    "The browser tests need Chromium or Chrome. On Debian or Ubuntu: "
    f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(PACKAGES)}. "
    "Elsewhere install one and, if it is not on the PATH, set CHROMIUM=/path/to/it."
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """The browser's path, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    return next(filter(None, map(shutil.which, NAMES)), None) or next(filter(os.path.isfile, PLACES), None)


def install() -> None:
    """Install Debian's Chromium where that is possible without a password."""
    if not shutil.which("apt-get"):
        return
    sudo: tuple[str, ...] = ()
    if os.geteuid() != 0:
        if not shutil.which("sudo") or subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode:
            return
        sudo = ("sudo", "-n")
    for command in (("update",), ("install", "-y", "--no-install-recommends", *PACKAGES)):
        print("+ apt-get", *command, flush=True)
        if subprocess.run([*sudo, "apt-get", "-qq", *command], stdout=subprocess.DEVNULL).returncode:
            return


def main() -> int:
    """Print the browser that will be used; 1 when there is none."""
    if not find() and not os.environ.get("CHROMIUM"):
        install()
    found = find()
    print(found or HELP, file=sys.stdout if found else sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
