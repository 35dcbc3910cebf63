"""What operators need of a running server: health, figures, an orderly stop."""
