"""The GraphQL surface: one schema, executed by graphql-core over the sandbox's rows."""
