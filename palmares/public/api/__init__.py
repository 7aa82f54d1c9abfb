"""The public API: what is published, as JSON. It reads and nothing else."""
