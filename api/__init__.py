"""Every way in: command line, service, web page."""
