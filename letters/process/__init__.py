"""The documents around a letter: what was checked, who agreed, what the area is asked and what became of its answer."""
