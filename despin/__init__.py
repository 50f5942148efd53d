"""despin gives a scraped, synonym-spun article its words back."""

__version__ = "0.1.0"
