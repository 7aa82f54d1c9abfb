"""The demonstration: a small newsroom, forty fictional schools, and the whole way of a figure."""
