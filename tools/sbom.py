"""Writes out/sbom.json, what the program is made of with each licence (CycloneDX 1.6): python -m tools.sbom."""

import json
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "out/sbom.json"


def licence_of(found: Distribution) -> str:
    """Return the licence that a distribution declares, by expression, classifier or words."""
    meta = found.metadata
    if meta["License-Expression"]:
        return str(meta["License-Expression"])
    classifiers = [line for line in meta.get_all("Classifier") or () if line.startswith("License :: ")]
    if classifiers:
        return ", ".join(line.rpartition(" :: ")[2] for line in classifiers)
    return (meta["License"] or "not declared").splitlines()[0][:80]


def component(found: Distribution) -> dict[str, Any]:
    """Return one distribution as a component."""
    name = found.metadata["Name"]
    return {
        "type": "library",
        "name": name,
        "version": found.version,
        "purl": f"pkg:pypi/{name.lower()}@{found.version}",
        "licenses": [{"license": {"name": licence_of(found)}}],
    }


def bill() -> dict[str, Any]:
    """Return the bill of what is installed here."""
    found = {one.metadata["Name"].lower(): one for one in distributions() if one.metadata["Name"]}
    own = distribution("letters")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": component(own) | {"type": "application"}},
        "components": [component(one) for name, one in sorted(found.items()) if name != "letters"],
    }


if __name__ == "__main__":
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(bill(), indent=1) + "\n", "utf-8")
    print(f"wrote {OUT}")
