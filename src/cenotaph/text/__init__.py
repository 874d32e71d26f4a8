"""Sentences, page furniture, offsets and near-duplicates of documents."""
