"""Findings, document, house -> issues: what a careful quality-assurance manager would notice."""
