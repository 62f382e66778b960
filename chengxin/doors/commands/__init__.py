"""The command `chengxin`: what operators and builders do without a browser. Each subcommand is a module beside `main`."""
