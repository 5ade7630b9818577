"""Starts a LibreOffice of its own and has done in it what is asked on standard input, a line of JSON for each deed.

Debian's python3 runs this, because only Debian's has the `uno` module; `tests.office` asks and is the only one to.
LibreOffice loads this file too and runs `Office` inside itself: from outside each look at a letter takes over a second.
"""

import json
import os
import shutil
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

try:
    import uno  # type: ignore[import-not-found]
    import unohelper  # type: ignore[import-not-found]
    from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]
    from com.sun.star.lang import DisposedException  # type: ignore[import-not-found]
    from com.sun.star.task import XJob  # type: ignore[import-not-found]
except ImportError:
    print(json.dumps({"error": "python3-uno is missing: apt-get install python3-uno"}))
    sys.exit(1)

FILTERS = {".docx": "MS Word 2007 XML", ".odt": "writer8"}
PARAGRAPH_BREAK = 0
BOLD = 150.0

# LibreOffice opens a window for every comment. Debian's libreoffice-writer-nogui leaves that window's layout out,
# and LibreOffice aborts when it is missing, so this gives it the parts that LibreOffice asks for by name.
COMMENT_WINDOW = """
<interface>
  <object class="GtkMenu" id="menu"><child><object class="GtkMenuItem" id="deleteby"/></child></object>
  <object class="GtkBox" id="Annotation">
    <child><object class="GtkScrolledWindow" id="scrolledwindow"><child><object class="GtkViewport">
      <child><object class="GtkDrawingArea" id="editview"/></child>
    </object></child></object></child>
    <child><object class="GtkLabel" id="author"/></child>
    <child><object class="GtkLabel" id="date"/></child>
    <child><object class="GtkLabel" id="resolved"/></child>
    <child><object class="GtkMenuButton" id="menubutton"><property name="popup">menu</property></object></child>
  </object>
</interface>
"""
WINDOWS = ["config", "soffice.cfg", "modules", "swriter", "ui"]


class Line(NamedTuple):
    """A paragraph, the portions of it that are shown, and whether a deletion runs on past its end."""

    paragraph: Any
    portions: list[Any]
    runs_on: bool

    @property
    def words(self) -> str:
        """The text that is shown."""
        return "".join(portion.getString() for portion in self.portions)


class Place(NamedTuple):
    """Where some words stand: their paragraph and a cursor that selects them."""

    paragraph: Any
    cursor: Any


def mirror(real: Path, copy: Path, way: list[str]) -> None:
    """Make a folder of links to all that a folder holds, with folders of our own along the way."""
    copy.mkdir()
    for entry in real.iterdir():
        if entry.name not in way[:1]:
            (copy / entry.name).symlink_to(entry)
    if way:
        mirror(real / way[0], copy / way[0], way[1:])


def shared_folder(home: Path, folder: Path) -> Path:
    """Return LibreOffice's folder of shared files, or a mirror that adds the comment window if it has none."""
    real = home / "share"
    if real.joinpath(*WINDOWS, "annotation.ui").exists():
        return real
    mirror(real, folder / "share", WINDOWS)
    folder.joinpath("share", *WINDOWS, "annotation.ui").write_text(COMMENT_WINDOW, "utf-8")
    return folder / "share"


def start(folder: Path) -> subprocess.Popen[bytes]:
    """Start LibreOffice with a profile and a pipe of its own."""
    program = shutil.which("soffice")
    if program is None:
        raise RuntimeError("soffice is missing: apt-get install libreoffice-writer-nogui")
    home = Path(program).resolve().parents[1]
    share = os.path.relpath(shared_folder(home, folder), home)
    command = [program, "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    command += [f"--accept=pipe,name={folder.name};urp;", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen([*command, f"-env:BRAND_SHARE_SUBDIR={share}"], stdout=log, stderr=log)


def connect(pipe: str, process: subprocess.Popen[bytes]) -> Any:
    """Return the component context of the LibreOffice that listens on a pipe, once it does."""
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if process.poll() is not None:
                raise
            time.sleep(0.1)
    raise TimeoutError("soffice did not answer for a minute")


def properties(**values: Any) -> tuple[Any, ...]:
    """Return values as the properties that LibreOffice's calls take."""
    made = []
    for name, value in values.items():
        made.append(uno.createUnoStruct("com.sun.star.beans.PropertyValue"))
        made[-1].Name, made[-1].Value = name, value
    return tuple(made)


def each(container: Any) -> Iterator[Any]:
    """Yield everything in a container."""
    enumeration = container.createEnumeration()
    while enumeration.hasMoreElements():
        yield enumeration.nextElement()


def paragraphs(text: Any) -> Iterator[Any]:
    """Yield a text's paragraphs in order, those of its tables' cells among them."""
    for part in each(text):
        if part.supportsService("com.sun.star.text.TextTable"):
            for name in part.getCellNames():
                yield from paragraphs(part.getCellByName(name))
        else:
            yield part


def lines_of(text: Any) -> Iterator[Line]:
    """Yield a text's paragraphs with what is shown of them while tracked deletions are hidden."""
    deleted = False
    for paragraph in paragraphs(text):
        shown = []
        for portion in each(paragraph):
            if portion.TextPortionType == "Redline" and portion.RedlineType == "Delete":
                deleted = portion.IsStart
            elif portion.TextPortionType in ("Text", "TextField") and not deleted:
                shown.append(portion)
        yield Line(paragraph, shown, deleted)


def lines(document: Any) -> Iterator[Line]:
    """Yield the lines of a document's body, then of its footnotes."""
    yield from lines_of(document.Text)
    for number in range(document.Footnotes.Count):
        yield from lines_of(document.Footnotes.getByIndex(number))


def shown_words(document: Any) -> list[str]:
    """Return each paragraph's words; one whose end is deleted runs on into the next."""
    found = [""]
    for line in lines(document):
        found[-1] += line.words
        if not line.runs_on:
            found.append("")
    return found[:-1]


def cursor_at(line: Line, index: int) -> Any:
    """Return a cursor before the shown character of a line that has an index."""
    for portion in line.portions:
        if index < len(portion.getString()):
            break
        index -= len(portion.getString())
    cursor = line.paragraph.Text.createTextCursorByRange(portion.Start)
    cursor.goRight(index, False)
    return cursor


def place_of(document: Any, find: str) -> Place:
    """Return where some shown words stand; a no-break space in the document counts as a space."""
    plain = [(line, line.words.replace("\xa0", " ")) for line in lines(document)]
    wanted = find.replace("\xa0", " ")
    count = sum(words.count(wanted) for _, words in plain)
    if count != 1:
        raise LookupError(f"the document has {count} times {find!r}, not once")
    line, words = next((line, words) for line, words in plain if wanted in words)
    cursor = cursor_at(line, words.index(wanted))
    last = cursor_at(line, words.index(wanted) + len(wanted) - 1)
    last.goRight(1, False)
    cursor.gotoRange(last, True)
    return Place(line.paragraph, cursor)


def stretch(paragraph: Any, step: str) -> Any:
    """Return a cursor that selects from a paragraph's start to another's, or nothing if there is none or past a table."""
    cursor = paragraph.Text.createTextCursorByRange(paragraph.Start)
    moved = getattr(cursor, step)(True)
    tables = [part for part in each(cursor) if part.supportsService("com.sun.star.text.TextTable")]
    return cursor if moved and not tables else None


def whole(paragraph: Any) -> Any:
    """Return a cursor that selects a paragraph and the break after it, or before it if no paragraph follows."""
    following = stretch(paragraph, "gotoNextParagraph")
    if following:
        return following
    if not stretch(paragraph, "gotoPreviousParagraph"):
        raise LookupError(f"no paragraph stands beside {paragraph.getString()!r}, so it cannot be taken out")
    cursor = paragraph.Text.createTextCursorByRange(paragraph.Start)
    cursor.goLeft(1, False)
    cursor.gotoRange(paragraph.End, True)
    return cursor


def replace(document: Any, find: str, replace: str) -> None:
    """Put other words in the place of some."""
    place_of(document, find).cursor.setString(replace)


def delete(document: Any, find: str) -> None:
    """Delete some words."""
    place_of(document, find).cursor.setString("")


def insert_after(document: Any, find: str, text: str) -> None:
    """Insert words after some."""
    cursor = place_of(document, find).cursor
    cursor.collapseToEnd()
    cursor.Text.insertString(cursor, text, False)


def add_paragraph_after(document: Any, find: str, text: str) -> None:
    """Add a paragraph of the same style after the one with some words."""
    paragraph = place_of(document, find).paragraph
    cursor = paragraph.Text.createTextCursorByRange(paragraph.End)
    cursor.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
    cursor.Text.insertString(cursor, text, False)


def delete_paragraph(document: Any, find: str) -> None:
    """Delete the paragraph with some words."""
    whole(place_of(document, find).paragraph).setString("")


def bold(document: Any, find: str) -> None:
    """Make some words bold."""
    place_of(document, find).cursor.CharWeight = BOLD


def move_paragraph(document: Any, find: str, after: str) -> None:
    """Cut the paragraph with some words and paste it after the one with others."""
    controller = document.CurrentController
    goal = stretch(place_of(document, after).paragraph, "gotoNextParagraph")
    if not goal:
        raise LookupError(f"no paragraph follows the one with {after!r}, so nothing can be pasted between them")
    goal.collapseToEnd()
    cut = whole(place_of(document, find).paragraph)
    controller.select(cut)
    clipping = controller.getTransferable()
    cut.setString("")
    controller.ViewCursor.gotoRange(goal, False)
    controller.insertTransferable(clipping)


def comment(document: Any, find: str, text: str, author: str) -> None:
    """Comment on some words."""
    note = document.createInstance("com.sun.star.text.textfield.Annotation")
    now = datetime.now()
    note.DateTimeValue = uno.createUnoStruct(
        "com.sun.star.util.DateTime", 0, now.second, now.minute, now.hour, now.day, now.month, now.year, False
    )
    note.Author, note.Initials, note.Content = author, "".join(name[0] for name in author.split()), text
    cursor = place_of(document, find).cursor
    cursor.Text.insertTextContent(cursor, note, True)


EDITS: dict[str, Callable[..., None]] = {
    "Replace": replace,
    "Delete": delete,
    "InsertAfter": insert_after,
    "AddParagraphAfter": add_paragraph_after,
    "DeleteParagraph": delete_paragraph,
    "Bold": bold,
    "MoveParagraph": move_paragraph,
    "Comment": comment,
}


class Office(unohelper.Base, XJob):  # type: ignore[misc]
    """What LibreOffice is asked to do, inside it; each deed reads one file and may write another."""

    def __init__(self, context: Any) -> None:
        self.context = context
        self.desktop = self.service("com.sun.star.frame.Desktop")

    def service(self, name: str) -> Any:
        """Return a new instance of one of LibreOffice's services."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def open(self, source: Path) -> Any:
        """Return a file's document, opened in a hidden window."""
        how = properties(Hidden=True, FilterName=FILTERS[source.suffix])
        document = self.desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, how)
        if document is None:
            raise ValueError("LibreOffice cannot open the file")
        return document

    def name_author(self, author: str) -> None:
        """Tell LibreOffice who its user is."""
        data = self.service("com.sun.star.configuration.ConfigurationProvider").createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationUpdateAccess",
            properties(nodepath="/org.openoffice.UserProfile/Data"),
        )
        data.givenname, _, data.sn = author.rpartition(" ")
        data.commitChanges()

    def dispatch(self, document: Any, command: str) -> None:
        """Choose a command of the menus."""
        helper = self.service("com.sun.star.frame.DispatchHelper")
        helper.executeDispatch(document.CurrentController.Frame, f".uno:{command}", "", 0, ())

    def edit(self, document: Any, edits: list[dict[str, str]], author: str, tracked: bool) -> None:
        """Make edits as an author; without tracking, leave the document asking for it if it does."""
        asked = document.RecordChanges
        document.RecordChanges = tracked
        for each_edit in edits:
            details = dict(each_edit)
            kind = details.pop("kind")
            if kind == "Comment":
                details["author"] = author
            EDITS[kind](document, **details)
        document.RecordChanges = tracked or asked

    def answer(self, request: dict[str, Any]) -> list[str] | None:
        """Do one deed and return its answer, if it has any beside the file that it writes."""
        if request["do"] == "edit":
            self.name_author(request["author"])
        document = self.open(Path(request["source"]))
        try:
            if request["do"] == "words":
                return shown_words(document)
            if request["do"] == "edit":
                self.edit(document, request["edits"], request["author"], request["tracked"])
            elif request["do"] != "save":
                self.dispatch(document, request["do"])
            target = Path(request["target"])
            document.storeToURL(target.as_uri(), properties(FilterName=FILTERS[target.suffix]))
            return None
        finally:
            document.close(True)

    def execute(self, arguments: Sequence[Any]) -> str:
        """Do the deed that the first argument's JSON asks for, and return the reply as JSON."""
        try:
            return json.dumps({"answer": self.answer(json.loads(arguments[0].Value))})
        except Exception:
            return json.dumps({"error": traceback.format_exc()})


# LibreOffice's loader of Python looks for this name.
g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816
g_ImplementationHelper.addImplementation(Office, "letters.Office", ("com.sun.star.task.Job",))


def office_in(context: Any) -> Any:
    """Return an office that LibreOffice runs inside itself."""
    loader = context.ServiceManager.createInstanceWithContext("com.sun.star.loader.Python", context)
    return loader.activate("letters.Office", "", Path(__file__).as_uri(), None).createInstanceWithContext(context)


def serve(office: Any) -> None:
    """Reply to each line of standard input until it ends."""
    for line in sys.stdin:
        request = uno.createUnoStruct("com.sun.star.beans.NamedValue", "request", line)
        print(office.execute((request,)), flush=True)


def main(folder: Path) -> None:
    """Start LibreOffice, serve, and end it whatever happens."""
    process = start(folder)
    try:
        context = connect(folder.name, process)
        office = office_in(context)
        print(json.dumps({"answer": "ready"}), flush=True)
        serve(office)
        with suppress(DisposedException):
            context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()
        process.wait(20)
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]).resolve())
    except Exception:
        print(json.dumps({"error": traceback.format_exc()}), flush=True)
        raise
