"""Where `stanch init` looks and writes: a repository of GitHub's, or the folder that one stands in."""
