"""Starting up: every verb of the command line from the shell, against a docxtpl script that fills a letter of its length.

python -m benchmarks.startup
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import letters
from benchmarks.docx_speed import FIXTURE, peer_context, peer_template
from letters.cli import main as program

ROUND = "fixtures/rounds/domestic-abuse-2025.yaml"
PUBLISHED, ART = "fixtures/ansford/inspection.yaml", "styles/joint/art"
PEER = """import json, sys
from docxtpl import DocxTemplate
document = DocxTemplate("peer.docx")
document.render(json.load(open("peer.json")), autoescape=True)
document.save("letter.docx")
"""
WANTED = 2.0
"""At most how many times the peer's time a letter takes."""
ROUNDS = 7


def calls(place: Path) -> dict[str, list[str]]:
    """Return the arguments of every verb; a verb that writes what another reads stands before it."""
    post, pack, copy = str(place / "post"), str(place / "pack"), str(place / "copy.yaml")
    draft = f"{post}/cawdale-2024-v5.docx"
    return {
        "compose": ["compose", FIXTURE, "-o", str(place / "x.docx")],
        "check": ["check", FIXTURE],
        "rules": ["rules"],
        "dates": ["dates", FIXTURE],
        "export": ["export", FIXTURE],
        "houses": ["houses"],
        "schema": ["schema"],
        "new": ["new", str(place / "new.yaml")],
        "redline": ["redline", FIXTURE, copy, "-o", str(place / "redline.docx")],
        "send": ["send", copy, "-o", post],
        "import": ["import", draft, "-o", str(place / "imported.yaml")],
        "changes": ["changes", draft, draft],
        "merge": ["merge", copy, draft, "-o", str(place / "next.yaml")],
        "overview": ["overview", ROUND, "-o", str(place / "report.docx"), "--draft"],
        "agree": ["agree", copy, "--inspectorate", "ofsted", "--name", "Ada Example", "--on", "2024-07-11"],
        "publish": ["publish", PUBLISHED, "-o", pack, "--art", ART, "--only", "html"],
        "verify": ["verify", pack],
        "withdraw": ["withdraw", pack, "--on", "2024-07-12", "--reason", "A benchmark."],
    }


def prepared(place: Path) -> None:
    """Lay out what the peer fills, and a copy of the inspection that verbs may write into."""
    house, found = letters.house("joint"), letters.load(FIXTURE)
    document = letters.compose(found, house)
    (place / "peer.docx").write_bytes(peer_template(document, house))
    (place / "peer.json").write_text(json.dumps(peer_context(document)), "utf-8")
    (place / "peer.py").write_text(PEER, "utf-8")
    draft = Path(FIXTURE).read_text("utf-8").replace("stage: final", "stage: draft")
    (place / "copy.yaml").write_text(draft, "utf-8")


def run(command: list[str], place: str | Path = ".") -> float:
    """Return the milliseconds of a command; end where the program failed and did not merely find something."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)
    taken = (time.perf_counter() - start) * 1000
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    return taken


def once_more(place: Path, verb: str) -> None:
    """Take away what a verb refuses to write over."""
    if verb == "new":
        (place / "new.yaml").unlink(missing_ok=True)
    if verb == "import":
        (place / "imported.yaml").unlink(missing_ok=True)
    if verb == "publish":
        shutil.rmtree(place / "pack", ignore_errors=True)


def times(place: Path) -> dict[str, float]:
    """Return the best time of the peer, of Python alone and of every verb, taken in turns."""
    peers = {"docxtpl": ([sys.executable, "peer.py"], place), "python": ([sys.executable, "-c", "pass"], place)}
    ours = [sys.executable, "-c", "from letters.cli import main; main()"]
    verbs = {verb: ([*ours, *arguments], Path()) for verb, arguments in calls(place).items()}
    helped = {"--help": ([*ours, "--help"], Path())}
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, (command, folder) in {**peers, **helped, **verbs}.items():
            once_more(place, name)
            best[name] = min(best.get(name, float("inf")), run(command, folder))
    return best


def main() -> None:
    """Print how many times the peer's time each verb takes."""
    with tempfile.TemporaryDirectory() as folder:
        prepared(Path(folder))
        missing = sorted(set(program.commands) - set(calls(Path(folder))))
        assert not missing, f"{missing} have no call here"
        best = times(Path(folder))
    peer = best["docxtpl"]
    for name, taken in best.items():
        wanted = f"   wanted <= {WANTED}" if name == "compose" else ""
        print(f"{name:10} {taken:7.0f} ms   {taken / peer:5.2f} of a docxtpl script{wanted}")


if __name__ == "__main__":
    main()
