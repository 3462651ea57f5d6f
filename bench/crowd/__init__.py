"""What the benches of pages share: servers, the people who visit them, and a browser."""
