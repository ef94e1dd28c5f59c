"""What `check` looks at: each finding a sentence for the person who sets the school up."""
