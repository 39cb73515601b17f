"""The demo county: a believable, wholly invented year on top of a real county's file."""
