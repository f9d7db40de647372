"""From files to the model: every problem of every file is collected with its place, none of it is guessed away."""
