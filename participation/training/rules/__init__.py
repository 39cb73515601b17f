"""Pure rules of training: how long a course holds, and what the county file says of courses."""
