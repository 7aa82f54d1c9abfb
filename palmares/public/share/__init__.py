"""The picture that goes with a shared link: what it says, taken from releases and facts, and how it is drawn."""
