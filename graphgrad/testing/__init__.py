"""Check derivatives against independent witnesses; public, for students and graders too."""

from graphgrad.testing.gradcheck import GradientCheck, GradientRow, gradcheck

__all__ = ["GradientCheck", "GradientRow", "gradcheck"]
