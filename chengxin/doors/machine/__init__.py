"""The door for machines: suppliers hand files in, askers ask, each by OAuth 2.0 token and signed requests (RFC 9421).

It settles who calls, hands the call to the same facades as the pages, and says the answer as JSON. No decision is made here.
"""
