"""Kernels that several method folders share: arrays in, frozen dataclasses out."""
