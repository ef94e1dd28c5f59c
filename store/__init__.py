"""What the program remembers. The only folder that knows SQLAlchemy; it decides nothing."""
