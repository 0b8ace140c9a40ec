"""An answer rewritten by a language model: what it is shown, and what of its words may stand."""
