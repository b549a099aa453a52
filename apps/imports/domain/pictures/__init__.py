"""What image files are made of: recognising them and taking out what is not the picture."""
