"""A call put into the shapes that its page, its files and its calendar show; nothing here decides anything."""
