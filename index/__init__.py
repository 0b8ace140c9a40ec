"""Here are items: make them findable."""
