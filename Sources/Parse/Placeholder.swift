// Parse
