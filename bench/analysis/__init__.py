"""The figures of coding, disclosure control and audits: `make bench-analysis`."""
