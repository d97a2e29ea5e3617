// Types
