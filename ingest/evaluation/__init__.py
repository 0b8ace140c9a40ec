"""How good the extraction is, judged by labels that were made by reading."""
