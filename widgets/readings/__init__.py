"""What her answers say: pure functions from tables to frozen results.

No widget, no file, no clock. Sentences may hold {he} {him} {his} and verb pairs like {is|are}; the page fills them.
"""
