// Statement
