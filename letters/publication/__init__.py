"""Packs for each inspectorate's website: gate, renderings, manifest, and the shelf they stand on."""
