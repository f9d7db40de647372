"""kitgen makes the assessment kit (perangkat asesmen, MUK) of a certification scheme."""

__version__ = "0.2.0"
