"""What makes an installation: settings, addresses, the server's entry point and the only clock."""
