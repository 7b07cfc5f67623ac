"""Stories by the day they began on: years, months, and the edition of a day."""
