"""Our small Markdown -> blocks, and back.

A finding knows *emphasis*, **strong**, [link](https://...) and [^footnote] and nothing else: every other character is
the word it is. The prose of a report knows [words](count:name) and [@table] besides. A template knows headings, lists,
tables and `::: role` boxes, and names a block by ending it with ` ^name`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from letters.document.blocks import Block, Blocks, Box, Heading, Item, Paragraph, Run, Runs, Table, plain

BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
BULLET = "- "
"""How an entry of a list begins in the text of a case study."""
ENTRIES = re.compile(r"\n(?=- )")
BREAKS = re.compile(r"[ \t]*\n\s*")
LINKABLE = re.compile(r"^(https?://|mailto:)[^\s]+$", re.IGNORECASE)
NOTE = re.compile(r"\[\^([A-Za-z][A-Za-z0-9_-]{0,31})\]")
UNNAMED = "standing-"
"""How the id of a block begins that its template gives no name."""
COUNT = "count:"
"""How the address of words begins that count something."""
COUNTED = re.compile(r"^count:[A-Za-z][A-Za-z0-9_-]{0,31}$")
REFERENCE = re.compile(r"\[@([A-Za-z][A-Za-z0-9_-]{0,31})\]")
NAME = re.compile(r"\s+\^([a-z][a-z0-9-]*)$")


def paragraphs(text: str) -> list[Runs]:
    """Return the paragraphs of a finding's text as runs; blank lines part them."""
    return [inline(part) for part in BLANK_LINES.split(text.strip())] if "\n" in text else [inline(text)]


def boxed_parts(text: str) -> list[str]:
    """Return the parts of a case study's text, each a paragraph or, beginning with `- `, an entry of a list."""
    parts = BLANK_LINES.split(text.strip())
    return [entry for part in parts for entry in (ENTRIES.split(part) if part.startswith(BULLET) else [part])]


def boxed(part: str) -> tuple[bool, Runs]:
    """Return whether a part of a case study's text is an entry of a list, and its words."""
    return part.startswith(BULLET), inline(part.removeprefix(BULLET))


def boxed_text(parts: Iterable[tuple[bool, str]]) -> str:
    """Return the text of a case study from its parts: whether each is an entry of a list, and its words as text."""
    out, listed = "", False
    for is_entry, words in parts:
        if words:
            own = BULLET + words if is_entry else f"\\{words}" if words.startswith(BULLET) else words
            out += ("\n" if is_entry and listed else "\n\n" if out else "") + own
            listed = is_entry
    return out


def report_paragraphs(text: str) -> list[Runs]:
    """Return the paragraphs of a report's prose as runs.

    Words that count have `count:name` as their link; a reference to a table or chart is a run without words.
    """
    return [parsed_inline(part, report_parser()) for part in BLANK_LINES.split(text.strip())]


def inline(text: str) -> Runs:
    """Return one paragraph of a finding's text as runs."""
    return parsed_inline(text, inline_parser())


def parsed_inline(text: str, parser: MarkdownIt) -> Runs:
    """Return one paragraph as runs."""
    text = BREAKS.sub(" ", text).replace("\t", " ").strip(" ") if "\n" in text or "\t" in text else text.strip(" ")
    if "*" not in text and "[" not in text and "\\" not in text:
        return (Run(text),)
    tokens = parser.parseInline(text)[0].children or []
    if any(is_lossy(token, after) for token, after in pairwise(tokens)):
        return (Run(text),)
    return tuple(runs_of(tokens))


def source(runs: Runs) -> str:
    """Return the text of a finding that `inline` reads as these runs.

    A look takes in whole words only. Where its signs would not be read as such, the words are kept and the look is not.
    """
    words = " ".join(plain(runs).split())
    simpler = (runs, [Run(run.text, link=run.link, note=run.note) for run in runs])
    for attempt in simpler:
        text = "".join(written(run) for run in whole_words(alike_joined(tuple(attempt))))
        if " ".join(plain(inline(text)).split()) == words:
            return text
    return "".join(f"[^{run.note}]" if run.note else escaped(run.text) for run in runs)


def written(run: Run) -> str:
    """Return one run as text."""
    return f"[^{run.note}]" if run.note else linked(run, dressed(escaped(run.text), run))


def alike_joined(runs: Runs) -> Runs:
    """Return runs with neighbours of one look made one."""
    out: list[Run] = []
    for run in runs:
        if out and not run.note and not out[-1].note and out[-1][1:] == run[1:]:
            out[-1] = out[-1]._replace(text=out[-1].text + run.text)
        else:
            out.append(run)
    return tuple(out)


def escaped(text: str) -> str:
    """Return words in which nothing is Markdown."""
    return re.sub(r"([\\*\[\]])", r"\\\1", text)


def linked(run: Run, words: str) -> str:
    """Return words that lead somewhere."""
    return f"[{words}]({run.link.replace('(', '%28').replace(')', '%29')})" if LINKABLE.match(run.link) else words


def dressed(words: str, run: Run) -> str:
    """Return words with the signs of their look around them, and the spaces at their ends outside."""
    sign = ("**" if run.strong else "") + ("*" if run.emphasis else "")
    inner = words.strip(" ")
    if not sign or not inner:
        return words
    start = len(words) - len(words.lstrip(" "))
    return f"{words[:start]}{sign}{inner}{sign[::-1]}{words[start + len(inner) :]}"


def whole_words(runs: Runs) -> Runs:
    """Return runs in which no look ends within a word: the word goes to the run that has most of it."""
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if last is None or last.note or run.note or not (last.text[-1:].isalnum() and run.text[:1].isalnum()):
            out.append(run)
            continue
        head, tail = re.search(r"\w*$", last.text)[0], re.match(r"\w*", run.text)[0]  # type: ignore[index]
        if len(head) >= len(tail):
            out[-1], run = last._replace(text=last.text + tail), run._replace(text=run.text[len(tail) :])
        else:
            out[-1], run = (
                last._replace(text=last.text[: len(last.text) - len(head)]),
                run._replace(text=head + run.text),
            )
        out = [held for held in out if held.text or held.note]
        out += [run] if run.text else []
    return tuple(out)


def is_lossy(token: Token, after: Token) -> bool:
    """Say whether a link has a title, which nothing would print, or no words of its own."""
    return bool(token.attrs.get("title")) or (token.type == "link_open" and after.type == "link_close")


@cache
def inline_parser() -> MarkdownIt:
    """Return the parser of a finding's text."""
    return small_parser(LINKABLE)


@cache
def report_parser() -> MarkdownIt:
    """Return the parser of a report's prose: that of a finding, with counts and references."""
    parser = small_parser(re.compile(f"{LINKABLE.pattern}|{COUNTED.pattern}", re.IGNORECASE))
    parser.inline.ruler.before("link", "reference", block_reference)
    return parser


def small_parser(linkable: re.Pattern[str]) -> MarkdownIt:
    """Return a parser of emphasis, footnotes, and links to what is linkable."""
    parser = MarkdownIt("zero").enable(["emphasis", "link", "escape"])
    parser.inline.ruler.before("emphasis", "plain_signs", sign_is_a_word)
    parser.inline.ruler.before("link", "note", note_reference)
    parser.validateLink = lambda url: bool(linkable.match(url))  # type: ignore[method-assign]
    return parser


def sign_is_a_word(state: StateInline, silent: bool) -> bool:
    """Take an underscore, and an asterisk between letters or figures, as itself: emphasis stands around words."""
    sign, around = state.src[state.pos], state.src[max(0, state.pos - 1)] + state.src[state.pos + 1 : state.pos + 2]
    if sign != "_" and not (sign == "*" and state.pos > 0 and len(around) == 2 and around.isalnum()):
        return False
    if not silent:
        state.pending += sign
    state.pos += 1
    return True


def note_reference(state: StateInline, silent: bool) -> bool:
    """Take [^name] as a reference to a footnote."""
    found = NOTE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("note", "", 0).content = found[1]
    state.pos = found.end()
    return True


def block_reference(state: StateInline, silent: bool) -> bool:
    """Take [@name] as a reference to a table or chart."""
    found = REFERENCE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("reference", "", 0).content = found[1]
    state.pos = found.end()
    return True


def runs_of(tokens: list[Token]) -> Iterator[Run]:
    """Turn inline tokens into runs, like looks joined."""
    look, held = Run(""), ""
    for token in tokens:
        if token.type in ("text", "text_special", "softbreak"):
            held += " " if token.type == "softbreak" else token.content
            continue
        if held:
            yield look._replace(text=held)
            held = ""
        if token.type == "note":
            yield Run("", note=token.content)
        elif token.type == "reference":
            yield Run("", target=token.content)
        look = changed_look(look, token)
    if held:
        yield look._replace(text=held)


def changed_look(look: Run, token: Token) -> Run:
    """Return the look after an opening or closing token."""
    opens = token.nesting > 0
    if token.type.startswith("strong"):
        return look._replace(strong=opens)
    if token.type.startswith("em_"):
        return look._replace(emphasis=opens)
    if token.type.startswith("link"):
        return look._replace(link=str(token.attrs["href"]) if opens else "")
    return look


@cache
def template_parser() -> MarkdownIt:
    """Return the parser of a template's text."""
    parser = MarkdownIt("zero").enable(["heading", "list", "table", "emphasis", "link", "escape", "newline"])
    parser.inline.ruler.before("link", "note", note_reference)
    return parser.use(container_plugin, "box", validate=lambda *_: True)


def blocks(text: str) -> Blocks:
    """Return a template's text as blocks; items have no list name yet, and cells hold one paragraph each."""
    return tuple(BlockReader(template_parser().parse(text)).read())


class BlockReader:
    """Reads blocks from the parser's tokens, one pass."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = iter(tokens)
        self._count = 0
        self._lists: list[bool] = []

    def read(self, until: str = "") -> Iterator[Block]:
        """Yield blocks up to the closing token `until`."""
        for token in self._tokens:
            if token.type == until:
                return
            if token.type in ("bullet_list_open", "ordered_list_open"):
                self._lists.append(token.type == "ordered_list_open")
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                self._lists.pop()
            elif block := self._block(token):
                yield block

    def _block(self, token: Token) -> Block | None:
        match token.type:
            case "heading_open":
                name, runs = self._named()
                return Heading(name, runs, int(token.tag[1]))
            case "paragraph_open":
                name, runs = self._named()
                return self._item(name, runs) if self._lists else Paragraph(name, runs)
            case "container_box_open":
                role = token.info.strip()
                return Box(self._name(role), tuple(self.read("container_box_close")), role)
            case "table_open":
                return self._table()
        return None

    def _item(self, name: str, runs: Runs) -> Item:
        return Item(name, runs, "", level=len(self._lists), ordered=self._lists[-1])

    def _name(self, stem: str) -> str:
        self._count += 1
        return f"{stem}-{self._count}"

    def _named(self) -> tuple[str, Runs]:
        """Return the name and the runs of the inline token that comes next."""
        runs = tuple(runs_of(next(self._tokens).children or []))
        found = NAME.search(runs[-1].text) if runs else None
        if found is None:
            return self._name(UNNAMED.rstrip("-")), runs
        last = runs[-1]._replace(text=runs[-1].text[: found.start()])
        return found[1], (*runs[:-1], last) if last.text else runs[:-1]

    def _table(self) -> Table:
        rows: list[list[Runs]] = []
        for token in self._tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(tuple(runs_of(token.children or [])))
        body = tuple(tuple((Paragraph("", cell),) for cell in row) for row in rows[1:])
        return Table(self._name("table"), "", tuple(rows[0]), body)
