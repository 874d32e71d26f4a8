"""Texts as they stand: paragraphs, sentences, tokens, furniture, near-duplicates. Offsets are code points of the text given.

Nothing here changes a text. What a later stage needs in another form (lower case, no accents) is kept beside the span.
"""
