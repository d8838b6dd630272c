"""Figures that anyone can print again: each a ratio to a floor of the same run, or a count."""
