"""English: how a sponsor's message begins, goes on and ends."""

from __future__ import annotations

from ..framing import Framing

FRAMING = Framing(
    announcing=(
        "brought to you by",
        "is sponsored by",
        "our sponsor",
        "our sponsors",
        "today's sponsor",
        "this week's sponsor",
        "episode's sponsor",
        "word from our",
        "support for this podcast comes from",
        "support for this show comes from",
    ),
    offering=(
        "promo code",
        "discount code",
        "coupon code",
        "use the code",
        "use code",
        "enter code",
        "at checkout",
        "percent off",
        "% off",
        "free trial",
        "your first month",
        "your first order",
        "sign up at",
        "sign up for free",
        "go to",
        "head to",
        "head over to",
        "visit",
        "slash",
        "offer code",
        "special offer",
        "free for 14 days",
        "free for 30 days",
        "link in the show notes",
        "terms apply",
    ),
    returning=(
        "back to the show",
        "back to the interview",
        "back to the conversation",
        "back to our conversation",
        "back to our guest",
        "back to the episode",
        "now back to",
        "and we're back",
        "welcome back",
    ),
)
