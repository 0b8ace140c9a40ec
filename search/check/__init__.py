"""Review a draft against the catalog: one table of rules, one module for each group of them."""
