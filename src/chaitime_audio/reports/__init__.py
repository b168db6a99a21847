"""Episode to picture: SVG written by hand, whole by itself."""
