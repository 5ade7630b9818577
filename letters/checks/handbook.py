"""The rule book as a document: docs/rules.md is made from the rules themselves."""

from letters.checks.rule import Rule
from letters.checks.rulebook import book

HEAD = """# The rules

`letters check INSPECTION --gate GATE` holds an inspection and its letter to these rules. A rule warns or is an error;
later gates are stricter. An inspection sets a rule aside for itself with a reason and a name, and every report lists it:

```yaml
overrides:
  - {rule: V17, where: next_steps.deadline, reason: Agreed with the area over the election., name: Ada Example}
```

`where` is the id of a finding or a field; left out, the rule is set aside wherever it speaks. An override that matches
nothing is itself a warning. `letters check --fix` makes the corrections that are safe (repeated words, double spaces,
straight quotes, ordinals and ranges in dates, spaces before commas) in the inspection file, after showing them.

This part is made from the code: `python -m tools.rules_page` writes it anew.
"""
NOT_JUDGED = """## V9 The word good is never flagged

It stands in 60 of 64 letters as ordinary English. V7 and V8 leave it alone; their near misses hold that.

## V36 The letter says what was fed back

Not judged: an inspection file holds no feedback summary to hold the letter against.
"""
END = "<!-- What is above is made from the code; what is below is written by hand. -->"


def handbook() -> str:
    """Return the made part of docs/rules.md."""
    return "\n".join([HEAD, *(entry(rule) for rule in book().values()), NOT_JUDGED, END, ""])


def entry(rule: Rule) -> str:
    """Return what the handbook says of one rule."""
    return f"## {rule.code} {rule.title}\n\n{rule.reason}\n\n{rule.weight}. Pairs: `fixtures/rules/{rule.code}.yaml`.\n"
