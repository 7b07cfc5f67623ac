"""What templates may call: presentation only."""
