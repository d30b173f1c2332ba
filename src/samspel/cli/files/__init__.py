"""Commands on files alone, with no site and no Django: a call is checked, judged by, read aloud, compared, counted."""
