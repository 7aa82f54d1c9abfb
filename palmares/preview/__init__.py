"""The public's pages as they will be, for who prepares them: under the address of the back office, never kept."""
