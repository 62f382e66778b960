"""What a page, a letter or an answer shows, as plain values made from the rooms' own: no request, no table, no clock."""
