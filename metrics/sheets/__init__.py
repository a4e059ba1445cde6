"""Pages of paper: records -> PDF. No ORM, no request; the library is loaded when one is drawn."""
