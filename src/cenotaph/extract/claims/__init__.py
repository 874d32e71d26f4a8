"""What a text asserts of numbers of people: who says how many, of whom, what happened, how sure, as of when, part of what."""
