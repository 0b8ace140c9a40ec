"""The extension for LibreOffice Writer; runs in LibreOffice's own Python, with its standard library only."""
