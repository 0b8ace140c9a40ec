"""One recogniser a layout: blocks in, rows out."""
