"""An example of a plug-in for chaitime; each module is one part."""
