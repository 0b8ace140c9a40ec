"""An embedding model learns the words of one catalog: pairs, training, and a folder to serve from."""
