"""The one schema of everything that leaves this program: the command line's JSON and the service's.

Frozen dataclasses, so that the command line needs no web framework to write them. Unknown is `null`;
`api.conversions` fills them and keeps contact people and telephone numbers out.
"""
