"""Figures of newsagg, measured from outside and given as ratios: `make bench`."""
