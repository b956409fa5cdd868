"""Drafts to measure on: a seeded generator of customer-service replies, or real ones from a JSONL file."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

SEED = 20_240_501
NAMES = ["Ana", "Tom", "Priya", "Mr. Brown", "Zoë", "Sam", "Ms Okafor", "Lee", "Maria", "Jack"]
THINGS = [
    "order",
    "parcel",
    "refund",
    "booking",
    "invoice",
    "ticket",
    "account",
    "subscription",
    "delivery",
    "replacement",
    "charger",
    "jacket",
    "room",
    "flight",
    "meter reading",
    "router",
    "prescription",
    "membership",
    "card payment",
    "gift voucher",
]
APOLOGIES = [
    "I'm sorry for the delay with your {thing}.",
    "We're so sorry that we sent you the wrong {thing}.",
    "Sorry about the {thing}!",
    "We apologise for any inconvenience this may have caused.",
    "I'm sorry if you feel that your {thing} was late.",
    "I'm sorry you feel that way about the {thing}.",
    "Please accept our apologies for the mix-up with your {thing}.",
    "I am sorry.",
    "Sorry, I had a lot of other jobs that took priority over your {thing}.",
]
DEFENCES = [
    "As I said in my last message, the {thing} left on Monday.",
    "Unfortunately our policy does not allow a {thing} to be changed.",
    "You should have checked the address of your {thing}.",
    "Nobody else has complained about the {thing}.",
    "No, the {thing} was fine when it left us.",
]
CAUSES = [
    "This was because our warehouse had a fault on {day}.",
    "The {thing} was held up by the snow.",
    "We have been very busy since {day}.",
]
REMEDIES = [
    "We have sent you a new {thing} today.",
    "I have refunded {amount} to your card, and you will see it by {day}.",
    "Please send me the number on your {thing} and I will call you.",
    "A colleague will ring you on {day} about the {thing}.",
]
PLAIN = [
    "Your {thing} {number} is on its way and should be with you by {day}.",
    "Thank you for getting in touch about your {thing}.",
    "The {thing} can be changed in the app under Settings, then {Thing}s.",
    "You can collect the {thing} from {day}, nine to five.",
    "If you have any other questions, let us know and we'll be happy to help.",
    "We have added a note to your {thing}.",
    "The total for the {thing} comes to {amount}, tax included.",
    "To see the {thing}, sign in and open page {number}.",
    "Our team looks after every {thing} seven days a week.",
    "It usually takes three to five working days for a {thing} to arrive.",
]
SIGNS = ["Kind regards,\n{name}", "Best,\n{name}", "Thanks,\nthe {Thing} team", "", ""]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "tomorrow", "3 May"]


def synthetic(count: int, seed: int = SEED) -> Iterator[str]:
    """Replies of about 45 words; a quarter hold an apology, one in ten something defensive."""
    rng = random.Random(seed)
    for _ in range(count):
        parts: list[str] = []
        if rng.random() < 0.24:
            parts.append(rng.choice(APOLOGIES))
            if rng.random() < 0.3:
                parts.append(rng.choice(CAUSES))
        if rng.random() < 0.1:
            parts.append(rng.choice(DEFENCES))
        parts += rng.sample(PLAIN, rng.randint(1, 4))
        if rng.random() < 0.5:
            parts.append(rng.choice(REMEDIES))
        body = " ".join(_fill(part, rng) for part in parts)
        greeting = f"Hi {rng.choice(NAMES)},\n\n" if rng.random() < 0.7 else ""
        sign = rng.choice(SIGNS)
        yield greeting + body + (f"\n\n{_fill(sign, rng)}" if sign else "")


def _fill(text: str, rng: random.Random) -> str:
    thing = rng.choice(THINGS)
    return text.format(
        thing=thing, Thing=thing.capitalize(), day=rng.choice(DAYS), name=rng.choice(NAMES),
        amount=f"£{rng.randint(3, 400)}.{rng.randint(0, 99):02}", number=rng.randint(1000, 99_999),
    )  # fmt: skip


def real(path: Path) -> Iterator[str]:
    """Field ``text`` of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)["text"]


# What phrase linters are given: fifty phrases from the same domain, most of which such a tool can hold as they are.
PHRASES = [
    "sorry",
    "apologise",
    "apologize",
    "apologies",
    "sorry for the delay",
    "sorry about that",
    "so sorry",
    "sorry if",
    "sorry you feel",
    "you feel that way",
    "any inconvenience",
    "may have caused",
    "inconvenience caused",
    "mix-up",
    "misunderstanding",
    "let you down",
    "as i said",
    "as stated",
    "as mentioned",
    "per my last",
    "our policy",
    "company policy",
    "policy does not",
    "not our fault",
    "beyond our control",
    "nothing we can do",
    "nothing i can do",
    "you should have",
    "you failed to",
    "you need to",
    "you must",
    "calm down",
    "nobody else",
    "no one else",
    "other customers",
    "works fine",
    "we were busy",
    "very busy",
    "due to high",
    "high volume",
    "because our",
    "to be fair",
    "to be honest",
    "actually",
    "unfortunately",
    "took priority",
    "short staffed",
    "technical difficulties",
    "terms and conditions",
    "at fault",
]
assert len(PHRASES) == len(set(PHRASES)) == 50
