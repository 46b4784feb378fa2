"""Tests that drive the desk in a browser."""
