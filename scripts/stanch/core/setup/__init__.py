"""What `stanch init` brings into a repository, and what becomes of it when it runs again: values in, files out."""
