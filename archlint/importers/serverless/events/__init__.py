"""What invokes functions and state machines: one reader for each kind of event."""
