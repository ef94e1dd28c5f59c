"""What the store promises, on both engines."""
