"""Choose, redact, render: what she shows to somebody else."""
