"""The words below each field of a model -> the descriptions in its JSON Schema.

pydantic can read them itself, and does so whenever a model is made; that costs every start what only a schema needs.
"""

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise
from textwrap import dedent
from typing import Any

from letters.findings.fields import Part

Schema = dict[str, Any]


def described(model: type[Part]) -> Schema:
    """Return the JSON Schema of a model, with the words below its fields as their descriptions."""
    schema = model.model_json_schema()
    named = {model.__name__: schema, **schema.get("$defs", {})}
    for part in parts(Part):
        if part.__name__ in named:
            describe(part, named)
    return schema


def parts(base: type[Part]) -> Iterator[type[Part]]:
    """Yield every kind of part that is derived from one."""
    for part in base.__subclasses__():
        yield part
        yield from parts(part)


def describe(part: type[Part], named: Schema) -> None:
    """Enter the words below the fields of a part into its schema, unless what a field leads to says the same."""
    properties = named[part.__name__].get("properties", {})
    words = {name: said for kind in reversed(part.__mro__) if issubclass(kind, Part) for name, said in below(kind)}
    for name, said in words.items():
        leads_to = named.get(properties[name].get("$ref", "").rpartition("/")[2], {})
        if leads_to.get("description") != said:
            properties[name] = dict(sorted({**properties[name], "description": said}.items()))


def below(part: type[Part]) -> Iterator[tuple[str, str]]:
    """Yield each field that has words below it in the source, with the words."""
    (made,) = ast.parse(dedent(inspect.getsource(part))).body
    assert isinstance(made, ast.ClassDef)
    for field, after in pairwise(made.body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(after, ast.Expr):
            said = after.value
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                yield field.target.id, inspect.cleandoc(said.value)
