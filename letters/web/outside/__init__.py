"""The door for people in the area: pages that share no address, template or query with those of insiders."""
