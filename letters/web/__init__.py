"""The browser's side of the workspace: addresses, pages and forms; what they do is in `letters/workspace`."""
