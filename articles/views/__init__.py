"""Function views: read the request, ask a selector, render."""
