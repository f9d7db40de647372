"""kitgen makes the assessment kit (perangkat asesmen, MUK) of a certification scheme."""

__version__ = "0.1.0"
