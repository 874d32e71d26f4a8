"""Missing people, remains and relatives."""
