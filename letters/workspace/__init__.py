"""The workspace: the whole life of a case, in rows that are only ever added to; it knows no page and no address."""
