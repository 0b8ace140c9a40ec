"""Turn what the library knows into the schema; contact people and telephone numbers stay behind.

`documents` converts the corpus model and the catalog's records, `results` what searches return.
"""
