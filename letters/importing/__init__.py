"""An older letter, as Word file or PDF -> an inspection file to start from."""
