"""One inspection -> one letter."""

from collections.abc import Iterable

from letters.composition.completeness import prove
from letters.composition.slots import FOOTNOTE_ROLE, Slots
from letters.composition.template import FormData, Template, render, template
from letters.composition.view import facts, logos, participants_by_id, view
from letters.document import markdown
from letters.document.blocks import Block, Blocks, Box, Document, Draft, Figure, Footnote, Meta, Table
from letters.document.walk import block_texts, every_block, words_by_place
from letters.errors import CompositionFault
from letters.findings.inspection import Inspection, Stage
from letters.houses.house import House
from letters.houses.words import day


def compose(inspection: Inspection, house: House) -> Document:
    """Return the letter of an inspection.

    Raises CompositionFault where a piece of the inspection would be lost or doubled or a needed fact is missing, and
    TemplateFault where the template itself is at fault.
    """
    form = template(inspection.template, house.templates)
    context = view(inspection, form.data)
    slots = Slots(inspection.wording, facts(inspection, context))
    skeleton = form.skeleton(context, slots)
    refuse_unknown_wording(inspection, skeleton)
    filled = list(slots.fill(skeleton))
    prove(inspection, slots, form.name)
    blocks = tuple(block for block in filled if not is_footnote(block))
    notes = footnotes(inspection, blocks, standing_footnotes(filled))
    return Document(
        meta=meta(inspection, form, house),
        letterhead=letterhead(inspection),
        blocks=blocks,
        notes=notes,
        draft=draft_marks(inspection, form.data),
    )


def final_letter(inspection: Inspection, house: House) -> Document:
    """Return the letter of an inspection as it will read when it is final: no stage adds words or takes any away."""
    return compose(inspection.model_copy(update={"stage": Stage.FINAL}), house)


def standing_letter(inspection: Inspection, house: House) -> Document | None:
    """Return the letter with the words of its template alone; None where the inspection words nothing otherwise."""
    if not inspection.wording:
        return None
    worded = " ".join(filter(None, inspection.wording.values()))
    notes = {name: text for name, text in inspection.footnotes.items() if f"[^{name}]" not in worded}
    try:
        return compose(inspection.model_copy(update={"wording": {}, "footnotes": notes}), house)
    except CompositionFault:
        return None


def standing_paragraphs(inspection: Inspection, house: House) -> dict[str, str]:
    """Return the words of each standing paragraph of a letter as its template has it, by its name, in their order."""
    plain_one = inspection.model_copy(update={"wording": {}})
    form = template(inspection.template, house.templates)
    context = view(plain_one, form.data)
    slots = Slots({}, facts(plain_one, context))
    names = set(named_blocks(form.skeleton(context, slots)))
    said = words_by_place(standing_letter(inspection, house) or compose(inspection, house))
    return {name: words for name, words in said.items() if name in names}


def named_blocks(skeleton: Blocks) -> list[str]:
    """Return the names of the standing paragraphs of a letter."""
    known = [block.id for block in every_block(skeleton) if not isinstance(block, Box | Table)]
    return [name for name in known if not name.startswith(markdown.UNNAMED)]


def refuse_unknown_wording(inspection: Inspection, skeleton: Blocks) -> None:
    """Raise CompositionFault where an inspection words a standing paragraph that this letter does not have."""
    if not inspection.wording:
        return
    from difflib import get_close_matches

    known = named_blocks(skeleton)
    notes = [
        block.role.removeprefix(FOOTNOTE_ROLE) for block in skeleton if isinstance(block, Box) and is_footnote(block)
    ]
    for name in inspection.wording:
        if name in notes and not inspection.wording[name]:
            raise CompositionFault(f"wording.{name}: a footnote has words. Write them, or delete the line.")
        if name not in [*known, *notes]:
            near = get_close_matches(name, [*known, *notes], n=1)
            remedy = f"Did you mean {near[0]}?" if near else f"It has {', '.join([*known, *notes])}."
            raise CompositionFault(f"wording.{name}: this letter has no standard paragraph with that name. {remedy}")


def is_footnote(block: Block) -> bool:
    """Say whether a block is a box of the template that holds a footnote."""
    return isinstance(block, Box) and block.role.startswith(FOOTNOTE_ROLE)


def standing_footnotes(blocks: Iterable[Block]) -> dict[str, Footnote]:
    """Return the template's own footnotes by name."""
    found = {}
    for block in blocks:
        if isinstance(block, Box) and is_footnote(block):
            name = block.role.removeprefix(FOOTNOTE_ROLE)
            found[name] = Footnote(name, next(block_texts(block.blocks)))
    return found


def footnotes(inspection: Inspection, blocks: tuple[Block, ...], standing: dict[str, Footnote]) -> tuple[Footnote, ...]:
    """Return the footnotes in the order of their references."""
    known = dict(standing)
    for name, text in inspection.footnotes.items():
        if name in standing:
            raise CompositionFault(f"footnotes.{name}: the template has a footnote with the same name. Rename it.")
        known[name] = Footnote(name, markdown.inline(text), (f"footnotes.{name}",))
    order = [run.note for runs in block_texts(blocks) for run in runs if run.note]
    for name in {*order, *inspection.footnotes}:
        if order.count(name) != 1 and name in known:
            raise CompositionFault(f"footnote {name!r} is referred to {order.count(name)} times. Refer to it once.")
        if name not in known:
            raise CompositionFault(f"wording: there is no footnote {name!r}. Add it under `footnotes:`.")
    return tuple(known[name] for name in order)


def meta(inspection: Inspection, form: Template, house: House) -> Meta:
    """Return what the properties of every file say; the author is the lead inspectorate, never a person."""
    facts = {"area": inspection.area, "round": inspection.round}
    return Meta(
        identifier=inspection.id,
        title=render(form.properties_title, facts),
        subject=render(form.subject, facts),
        author=participants_by_id(inspection)[inspection.lead].name,
        day=inspection.dates.letter,
        language=house.settings.language,
        version=inspection.version,
    )


def letterhead(inspection: Inspection) -> tuple[Figure, ...]:
    """Return the logos of the participating inspectorates, the lead's at the right."""
    return logos(participants_by_id(inspection))


def draft_marks(inspection: Inspection, form: FormData) -> Draft | None:
    """Return the marks of a draft, or None for a final letter."""
    if inspection.stage is Stage.FINAL:
        return None
    words = form.draft[inspection.stage]
    return Draft(words, f"{words}, version {inspection.version}, {day(inspection.dates.letter)}")
