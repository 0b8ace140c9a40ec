"""Here is a file: which targets does it state."""
