"""The rule book as a document: docs/rules.md is made from the rules themselves."""

from letters.checks.rule import Rule
from letters.checks.rulebook import book

HEAD = """# The rules

`letters check INSPECTION --gate GATE` checks an inspection and its letter against these rules. Each issue is a warning
or an error; later stages are stricter. To override a rule, give a reason and a name. Every report lists overrides:

```yaml
overrides:
  - {rule: V17, where: next_steps.deadline, reason: Agreed with the area over the election., name: Ada Example}
```

`where` is the id of a finding or a field. Without it, the override covers every issue of the rule. letters warns about
an override that matches no issue. `letters check --fix` makes safe corrections (repeated words, double spaces,
straight quotes, ordinals and ranges in dates, spaces before commas) in the inspection file, after showing them.

This part is made from the code: `python -m tools.rules_page` writes it anew.
"""
NOT_JUDGED = """## V9 The word good is never flagged

60 of 64 letters use it as ordinary English. V7 and V8 ignore it, and their near misses test this.

## V36 The letter says what was fed back

An inspection file has no feedback summary. `letters document feedback-summary --process FILE` and the page *Documents* of the
workspace hold the letter against what a process file says was fed back, and warn of each strength and recommendation that is
new, gone or put otherwise.
"""
END = "<!-- What is above is made from the code; what is below is written by hand. -->"


def handbook() -> str:
    """Return the made part of docs/rules.md."""
    return "\n".join([HEAD, *(entry(rule) for rule in book().values()), NOT_JUDGED, END, ""])


def entry(rule: Rule) -> str:
    """Return what the handbook says of one rule."""
    return f"## {rule.code} {rule.title}\n\n{rule.reason}\n\n{rule.weight}. Pairs: `fixtures/rules/{rule.code}.yaml`.\n"
