"""Exports of chats: what was said, by whom, when, in answer to what; what they tell of the exporter is left away."""
