"""Every path that a person names is read and written here, in one step each."""
