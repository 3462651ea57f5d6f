"""Looking back and ahead: weeks, quarters, meetings and gatherings."""
