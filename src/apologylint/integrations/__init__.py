"""Ways into other programs, each imported only by the program it is for."""
