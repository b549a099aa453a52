"""What the desk writes: whom it tells what happened, and the mails that say so."""
