"""What each part of the page shows, a module for each."""
