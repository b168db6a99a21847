"""The steps of telling voices apart: segment, embed, cluster, decode."""
