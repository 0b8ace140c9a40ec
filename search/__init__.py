"""Here is a question: answer it from the items, and say what follows."""
