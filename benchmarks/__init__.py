"""What despin is measured with; `python -m benchmarks.quality`, `python -m benchmarks.speed`."""
