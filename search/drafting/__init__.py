"""Here is a topic: which item would state it next year, in words and figures that were written before."""
