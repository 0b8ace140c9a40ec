"""Drafts as files: the table form of a target document, to be edited in Word, WPS or Excel."""
