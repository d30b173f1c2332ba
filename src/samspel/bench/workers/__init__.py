"""What `samspel bench` runs in processes of their own, with Samspel's interpreter or with a peer's."""
