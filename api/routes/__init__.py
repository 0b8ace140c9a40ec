"""The addresses of the service, one router per resource."""
