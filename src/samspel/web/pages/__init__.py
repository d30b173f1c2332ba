"""One module for each noun, the same names as in the other layers."""
