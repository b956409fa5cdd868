"""Recognisers find the steps by their cues (domain page, part C) and leave the look-alikes."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("move", "text", "found"),
    [
        ("thank", "Thank you for telling us.", True),
        ("thank", "Thank you for your understanding.", False),
        ("thank", "Thanks in advance.", False),
        ("repeat-back", "If I understand correctly, the lamp arrived broken.", True),
        ("repeat-back", "You ordered two and received one.", True),
        ("repeat-back", "We have received your complaint.", False),
        ("acknowledge", "You're right.", True),
        ("acknowledge", "That is not good enough.", True),
        ("acknowledge", "This shouldn't have happened.", True),
        ("acknowledge", "We hear you.", False),
        ("own", "Our mistake.", True),
        ("own", "That one is on us.", True),
        ("own", "We sent you the wrong size.", True),
        ("own", "I take responsibility.", True),
        ("own", "We should have told you.", True),
        ("own", "It's not our fault.", False),
        ("own", "If we made a mistake, we'll fix it.", False),
        ("empathise", "I can see why you're cross.", True),
        ("empathise", "I understand how frustrating this is.", True),
        ("empathise", "I'd be upset too.", True),
        ("empathise", "That must have been hard.", True),
        ("empathise", "I understand, but we can't.", False),
        ("align", "What would make this right?", True),
        ("align", "Would you prefer a refund or a new one?", True),
        ("align", "Does that work for you?", True),
        ("align", "What do you expect?", False),
        ("remedy", "I've refunded you.", True),
        ("remedy", "I'm sending a new one today.", True),
        ("remedy", "I will call the depot by noon.", True),
        ("remedy", "A new one is on its way.", True),
        ("offer", "The delivery is free of charge.", True),
        ("offer", "Here is a 20% discount.", True),
        ("offer", "I've added a voucher.", True),
        ("offer", "As a gesture of goodwill without prejudice, here is £5.", False),
        ("prevent", "We've changed the label check.", True),
        ("prevent", "We have trained the team so that this doesn't happen again.", True),
        ("prevent", "Lessons will be learned.", False),
        ("prevent", "We will do better.", False),
        ("value", "Your business matters to us.", True),
        ("value", "We're glad to have you with us.", True),
        ("value", "Your call is important to us.", False),
        ("follow-up", "I'll write again on Friday.", True),
        ("follow-up", "I'll check that it arrived.", True),
        ("follow-up", "Reply here and it comes to me.", True),
        ("follow-up", "I'll keep you posted.", True),
        ("follow-up", "Do not hesitate to contact us.", False),
        ("follow-up", "Please contact customer service.", False),
    ],
)
def test_move(engine, move, text, found):
    (reading,) = engine.analyse(text).readings
    assert bool(reading.moves((move,))) is found
