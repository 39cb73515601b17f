"""Everything published of one source, read as equations: what can be worked out of a few people.

The other rules hide by construction; this one knows none of them. It takes the numbers as a
reader sees them, one unknown per group and answer, and asks three things:

- is a hidden count, or a count of 1–4, bounded to fewer values than the smallest group (`bounds`);
- do some of them add up to a known number of 1–4 people (`unions`);
- is it known of 1–4 people that they came, or left, between two publications (`waves`).

Where it finds something a question is left out and it is asked again (`proof`). So it can only
hide more than the rules before it, or stop a publication; it never lets anything out.

Source: ANALYSIS.md, "Disclosure control".
"""

from participation.disclosure.rules.attack.proof import Attack, Proof, attacked, proven
from participation.disclosure.rules.attack.verdict import decide_proven

__all__ = ["Attack", "Proof", "attacked", "decide_proven", "proven"]
