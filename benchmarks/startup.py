"""Starting up: `letters --help` against `python -c pass`.

python -m benchmarks.startup
"""

import subprocess
import sys
from pathlib import Path

from benchmarks.timing import milliseconds


def main() -> None:
    """Print how many times the peer's time ours takes."""
    program = str(Path(sys.executable).with_name("letters"))
    ours = milliseconds(lambda: subprocess.run([program, "--help"], check=True, capture_output=True), 5)
    peer = milliseconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), 5)
    print(f"letters --help {ours:.0f} ms   python -c pass {peer:.0f} ms   {ours / peer:.1f} times   wanted < 5")


if __name__ == "__main__":
    main()
