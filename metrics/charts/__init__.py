"""Records to pictures: inline SVG and figures. No database here."""
