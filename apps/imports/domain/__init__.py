"""What a list says and what an image file is made of: pure code, no database, no network."""
