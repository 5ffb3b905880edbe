"""Reading and writing by GraphQL: documents of requests, and the rows of answers."""
