"""The mathematics of fair selection: pools, quotas, lotteries. Pure: no SQL, no Flask.

pool        who stands in the lottery, and which quotas a panel must meet
panels      the same as numbers: alike people as types, quotas as rows
solver      the linear and integer programmes behind everything (HiGHS)
leximin     the fairest chances, and a mixture of panels that gives them
mixing      chances → panels that average to them, or the proof that none do
lottery     equally likely panels, the draw by a seed, and alternates
quotas      can the quotas be met, which ones clash, what would help, what each costs
replacement somebody leaves: the successor by the same method
replay      commitment before the draw, the published file, checking it
replay_script  the same check as one file that anyone runs with the standard library alone
"""
