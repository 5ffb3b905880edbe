"""The Workflows surface: eighteen operations over campaigns, ad groups and jobs, and two passthroughs."""
