"""The data of kitgen: frozen values without behaviour beyond their own rules. Knows no file and no clock."""
