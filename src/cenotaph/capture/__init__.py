"""Bytes in, kept and read: files become captures, captures become documents."""
