"""`python -m enishi`: the command, where its folder is not on the PATH."""

from enishi.serve.cli.main import main

if __name__ == "__main__":
    main()
