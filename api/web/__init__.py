"""The pages: what they show (`views`), how they are filled (`rendering`, `templates/`, `static/`)."""
