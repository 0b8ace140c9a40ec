"""The Model Context Protocol: the same questions and answers for language models' hosts.

Imported only where it is served; `mcp` is the official SDK, `api.mcp` is ours.
"""
