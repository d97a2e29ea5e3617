// Execute
