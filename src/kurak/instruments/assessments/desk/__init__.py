"""The desk of assessments: what waits, who reviews, the panel."""
