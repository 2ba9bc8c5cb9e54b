"""Name the mistake behind a wrong answer: every one-mistake derivation, looked up by its value."""
