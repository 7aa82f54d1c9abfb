"""Template filters and tags of the whole site."""
