"""The product and its peers, side by side in one run. Ratios count; seconds are those of the machine of that day."""
