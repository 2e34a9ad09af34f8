"""Reports that governments write of themselves, read by two graders: VNR, OGP, NDC."""
