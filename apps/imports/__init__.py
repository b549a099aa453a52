"""Lists of images: rows, connections, fetching, renditions."""
