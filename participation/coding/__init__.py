"""From people's words to coded excerpts: material, de-identification, codebook, coding grid."""
