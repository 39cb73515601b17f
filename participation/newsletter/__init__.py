"""News of what was published: a page, a feed, and a newsletter for those who asked for it."""
