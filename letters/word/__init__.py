"""Everything that knows WordprocessingML (ECMA-376, ISO/IEC 29500)."""
