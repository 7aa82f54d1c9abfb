"""What waits for a person, role by role: each module gives the block of one role, or None to who has no right to it."""
