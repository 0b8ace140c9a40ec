"""The files that put duibiao into WPS, Word and LibreOffice, made with the address of this service."""
