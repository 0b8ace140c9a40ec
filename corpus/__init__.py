"""What a target document says, and where it is kept."""
