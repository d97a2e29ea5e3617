// Sequences
