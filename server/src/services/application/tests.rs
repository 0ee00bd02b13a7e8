//! Who may see, publish and describe, and that publishing is final.
