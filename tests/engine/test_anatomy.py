"""The parse of an apology: own sentences, one a line, with what must be read in them.

After ``=>``: device, object, then what is not as usual (writer, asserted, no doubt, to the customer, full stop).
A sentence without an apology has nothing after ``=>``.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apologylint.anatomy import parse_apologies
from apologylint.language import Tokenizer

USUAL = {"performer": "writer", "mood": "asserted", "doubt": "none", "recipient": "customer", "connector": "stop"}

TABLE = """
We are sorry that we let you down. => sorry own-act
We're sorry that we lost your file. => sorry own-act
Sorry for losing your bag. => sorry own-act
I'm sorry for not calling you back. => sorry own-act
We apologise for sending the wrong item. => apologise own-act
Words cannot express how sorry we are for losing your ring. => sorry own-act

We are sorry that this happened. => sorry event
We apologize that your order never came. => apologise event
We regret that your flight was cancelled. => regret event
Sorry for what happened. => sorry event
I'm sorry about this. => sorry event
Sorry the app crashed. => sorry event connector=stop
We're sorry that we made you feel ignored. => sorry event

We're sorry you were charged twice. => sorry endured
Sorry you had to wait an hour. => sorry endured
I'm sorry that you waited for three weeks. => sorry endured

I'm so sorry for the delay. => sorry problem
Sorry about the mix-up. => sorry problem
I apologise for the confusion. => apologise problem
We would like to apologise for the poor service. => apologise problem
Our apologies for the wait. => apology problem
Please accept our apologies for the damage. => apology problem
we sincerely apologies for the delay => apologise problem connector=none
sry for the wait => sorry problem connector=none
soz about that => sorry event connector=none
For the delay, we apologise. => apologise problem
Hi Ana, for the delay we apologise. => apologise problem
Hi Ana, for delays that might have cost you time, we beg pardon. => forgive problem doubt=may
Thanks for the photos, we are sorry. => sorry nothing
Our bad on the wrong size. => my-bad problem
I beg your pardon for the mistake. => forgive problem

Sorry. => sorry nothing
I'm sorry. => sorry nothing
I\u2019m sorry. => sorry nothing
I'M SORRY! => sorry nothing
So sorry, Ana! => sorry nothing
Please accept our apologies. => apology nothing
I owe you an apology. => apology nothing
My bad! => my-bad nothing
Mea culpa, I sent the wrong file. => my-bad nothing connector=comma
I cannot say how sorry I am. => sorry nothing
I couldn't be more sorry. => sorry nothing

We're sorry if you feel that way. => sorry condition
Sorry if this caused any trouble. => sorry condition
We apologise if our driver was rude. => apologise condition
If we upset you, we are sorry. => sorry condition
Should this have upset you, we apologise. => apologise condition
If we trod on your toes then sorry. => sorry condition
If the joke went too far I'm sorry. => sorry condition
If it came from our kitchen then I'm sorry about the rug. => sorry condition
If you need a hand I'm sorry for the wait. => sorry problem
I'd like to say sorry on Monday if that's ok. => sorry problem
Had the hall been too cold, we are sorry. => sorry condition
Had the driver rung first, this would not have happened, and I'm sorry. => sorry nothing
If you did write, then of course we are sorry for what we said. => sorry condition
Inconvenience if caused is regretted. => regret problem doubt=any

I'm sorry you feel that way. => sorry feeling
We are sorry that you were upset. => sorry feeling
Sorry you're frustrated with the app. => sorry feeling
Sorry you're feeling let down. => sorry feeling
We're sorry for your frustration. => sorry feeling
We apologise for how you feel. => apologise feeling
We are sorry you are put out. => sorry feeling
We are sorry you were put off by the smell. => sorry feeling
I'm sorry you were put off until Tuesday. => sorry endured
I'm sorry you were put on hold. => sorry endured
Sorry your gran feels rushed. => sorry feeling
We are sorry for your daughter's alarm. => sorry feeling
We are sorry for the alarm you must have felt. => sorry feeling
We are sorry for our van's alarm. => sorry problem
I'm sorry for the shelf you could not find. => sorry problem
I'm sorry you and your sister feel rushed. => sorry feeling
I'm sorry you and your sister were left out. => sorry endured

I'm sorry you think so. => sorry perception
We're sorry you could not understand our driver. => sorry perception
We're sorry you can't see why we did it. => sorry perception
I'm sorry you couldn't see the stage. => sorry endured
I'm sorry that it got on your nerves. => sorry feeling
We're sorry you found it confusing. => sorry perception
Sorry that you misunderstood our terms. => sorry perception
We're sorry you got the impression that we don't care. => sorry perception

We are sorry you felt the need to write. => sorry complaint
Sorry that you had cause to complain. => sorry complaint
I'm sorry you chose to leave a bad review. => sorry complaint
We regret that you saw the need to post this. => regret complaint

We're sorry that you have come to that conclusion. => sorry perception
Sorry she took it the wrong way. => sorry perception
Sorry she felt ignored. => sorry feeling
Sorry he felt the need to slam the gate. => sorry event
I'm sorry your order appeared missing. => sorry event
I'm sorry the new app felt confusing. => sorry perception
Sorry he took the wrong turning. => sorry event
I'm sorry my note rubbed you the wrong way. => sorry perception
Sorry if my remark landed badly. => sorry condition
I'm sorry my remark landed badly. => sorry perception
I'm sorry you received the wrong lamp. => sorry endured
I'm sorry you found it under the bench. => sorry endured
I'm sorry the tour felt repetitive. => sorry perception
I'm sorry whoever picked up told you Friday. => sorry event

Sorry for any inconvenience. => sorry problem doubt=any
We apologise for any inconvenience this may have caused. => apologise problem doubt=any
We're sorry for the trouble this might have caused. => sorry problem doubt=may
For costs which should arise we apologise. => apologise problem doubt=may
Sorry for the shed, pop in any day. => sorry problem connector=comma
Any inconvenience is regretted. => regret problem doubt=any
We apologise for whatever went wrong. => apologise problem doubt=whatever
I am sorry for the delay and any trouble it caused. => sorry problem doubt=second

We are sorry to anyone who was affected. => sorry nothing recipient=generic
We apologise to anyone. => apologise nothing recipient=generic
Sorry to all. => sorry nothing
Sorry, all. => sorry nothing
Sorry to our guests. => sorry nothing
Sorry to our guests for the noise. => sorry problem
Sorry to all guests who were charged twice. => sorry endured
Our apologies to all the parents whose children were left waiting. => apology event
We apologise to everyone who could not log in. => apologise endured
Sorry to all guests who felt ignored. => sorry feeling
Sorry to everyone who thought it was free. => sorry perception
Sorry to all guests who may have been charged twice. => sorry endured doubt=may
Sorry to everyone on board for the noise. => sorry problem
Sorry @kimlee for the wait. => sorry problem
Sorry @kimlee, it got lost. => sorry nothing connector=comma
Sorry @ kimlee for the wait. => sorry problem
Sorry Mr. Lee for the wait. => sorry problem
We apologise in advance for the noise. => apologise anticipatory
I apologise on behalf of the whole shop that we lost it. => apologise own-act

I'm sorry to hear that your parcel is late. => sorry hearing
We're sorry to hear about the damage. => sorry hearing
We regret to inform you that your claim was refused. => regret news
We are sorry that we can't offer a refund. => sorry refusal
I'm sorry for your loss. => sorry loss
We are sorry to see you go. => sorry parting
Sorry to bother you again. => sorry anticipatory
Sorry for the long email. => sorry anticipatory

I'm sorry, but we cannot refund this. => sorry nothing connector=contrast
Sorry for the delay, but it was the courier's fault. => sorry problem connector=contrast
We are sorry for the wait; however, we were busy. => sorry problem connector=contrast
Sorry for the delay because we were short staffed. => sorry problem connector=cause
I apologise for the delay due to the snow. => apologise problem connector=cause
I'm sorry, I was busy. => sorry nothing connector=comma
Sorry for the delay, we were busy. => sorry problem connector=comma
Sorry for the delay and thank you for waiting. => sorry problem connector=comma
We're sorry \u2014 the parcel is lost. => sorry nothing

We are not sorry. => sorry nothing mood=negated
I don't owe you an apology. => apology nothing mood=negated
We won't apologise for our rules. => apologise problem mood=negated
I guess I'm sorry. => sorry nothing mood=hedged
I'm sort of sorry for the noise. => sorry problem mood=hedged
My boss told me to apologise. => apologise nothing mood=forced
I was asked to say sorry. => sorry nothing mood=forced
I have already apologised. => apologise nothing mood=already
As I said, I'm sorry. => sorry nothing mood=already
Sorry? => sorry nothing mood=questioned
Sorry, could you repeat that? => sorry nothing mood=questioned connector=comma
Hi Tom, sorry, which order was it? => sorry nothing mood=questioned connector=comma
Sorry what do you mean? => sorry nothing mood=questioned connector=comma
We lost it and I'm sorry, are you all right? => sorry nothing connector=comma
Sorry about that, could you send the number? => sorry event connector=comma
Sorry for the mix-up would you like the blue one? => sorry problem connector=comma
Sorry for what you had to go through. => sorry event
We can't apologise enough. => apologise nothing
I cannot apologise enough for the wait. => apologise problem
We have already apologised. => apologise nothing mood=already
Miami has already apologised for the wait. => apologise problem mood=reported
Because of the snow we regret the delay. => regret event
It is a cause of regret here. => regret event mood=detached

The driver says he is sorry. => sorry nothing performer=third-party mood=reported
He apologised for the noise. => apologise problem performer=third-party mood=reported
Our courier apologises for the delay. => apologise problem performer=third-party
You don't need to apologise. => apologise nothing performer=customer
No need to apologise! => apologise nothing performer=customer
There is no apology necessary from you. => apology event performer=customer
Partners, we sincerely apologies for the wait. => apologise problem

I am instructed to convey the board's apologies for the letter. => apology problem mood=forced
I have been asked by the owners to convey their apologies. => apology nothing mood=forced
The court requires us to apologise for the noise. => apologise problem mood=forced
The regulator has directed this company to apologise. => apologise nothing mood=forced
My boss reckons I owe you an apology. => apology nothing mood=forced
My aunt says I must apologise for the mud. => apologise problem mood=forced
I am told I owe you an apology. => apology nothing mood=forced
I write at the request of the council to convey its regret for the noise. => regret problem mood=forced
My nephew said I had better apologise. => apologise nothing mood=forced
There is a note here to say I must apologise. => apologise nothing mood=forced
My aunt says I should have rung, and I'm sorry I did not. => sorry own-act
It is a matter for regret that the gate was shut. => regret event mood=detached
I was asked by Ana to ring you, and I'm sorry for the wait. => sorry problem
My boss asked me to say thank you, and we're sorry for the wait. => sorry problem
Our director wants me to relay that she apologises. => apologise nothing mood=forced
You asked us to send you an apology. => apology nothing
The driver was told to apologise. => apologise nothing performer=third-party mood=forced
The supplier passes on its apologies. => apology nothing mood=reported
I am passing on the apologies of our supplier. => apology problem mood=reported
The clerk has expressed regret. => regret nothing mood=reported
Let me pass on our apologies for the wait. => apology problem
She told me how sorry she is. => sorry event performer=third-party mood=reported
They forgot to tell them, sorry again. => sorry nothing
I have said sorry once. => sorry nothing mood=already
We regret nothing. => regret event mood=negated
No need to be sorry. => sorry nothing performer=customer
No, sorry for the mix-up. => sorry problem
Sorry, I didn't catch that. => sorry nothing mood=questioned connector=comma

Sorry the voucher left you feeling cheated. => sorry feeling
We're sorry this has made you angry. => sorry feeling
We're sorry the driver made you feel unsafe. => sorry event
We're sorry our delay left you feeling ignored. => sorry event
Sorry for the wait that made you feel ignored. => sorry event
Sorry for making you feel unwelcome. => sorry event
Sorry the van left you standing in the rain. => sorry event
We regret that the article left you with that impression. => regret perception
Sorry you were left with the impression that it was free. => sorry perception
I am sorry that the wait has given you cause to complain. => sorry complaint
Sorry you don't see the point of it. => sorry perception
I'm sorry you do not see the parcel in the app. => sorry endured
We are sorry for the anger our leaflet stirred up. => sorry problem

Sorry you can't log in. => sorry endured
We're sorry that you cannot be refunded. => sorry refusal
Sorry you can't join us. => sorry parting
We are sorry for the loss of supply this morning. => sorry problem
We apologise for the loss of your son's coat. => apologise problem
So sorry for the loss of your son. => sorry loss
So sorry for the loss of Anna. => sorry loss
I apologise for how your mother was spoken to. => apologise event
Forgive us for carrying your father over those steps. => forgive own-act
We were sorry to lose you. => sorry parting
I was sorry to receive your letter. => sorry hearing
Please forgive us, we were busy. => forgive nothing connector=comma
Forgive us for the wait. => forgive problem
Excuse the long letter. => forgive anticipatory
Please forgive the long wait. => forgive event
We apologise for the recall letter. => apologise problem
Sorry for typos. => sorry anticipatory

Sorry we were busy. => sorry nothing connector=comma
Sorry we've been absolutely swamped here. => sorry nothing connector=comma
Sorry that we were busy. => sorry own-act
Sorry we were slow to reply. => sorry own-act
Sorry we were closed. => sorry own-act
Sorry sorry, we were busy. => sorry nothing connector=comma
Sorryyyyy for the wait. => sorry problem
Sorry oh, we were busy. => sorry nothing connector=comma
Sorry my friend, we were busy. => sorry nothing connector=comma
Sorry my order was late. => sorry own-act
I regret to the extent that it upset you. => regret condition
@shop_lee If our note sounded flippant, sorry Sheila. => sorry condition
Sorry for the stress you say you went through. => sorry problem doubt=alleged
We are sorry for the delay you reported. => sorry problem
Sorry to all guests who maybe had to wait. => sorry endured doubt=may
Sorry for all those tries. => sorry event

The garden was in a sorry state. =>
There is no excuse for this. =>
What a sorry sight. =>
Thank you for your apology letter. =>
You had a bad experience. =>
Excuse me, where is it? =>
Their apologies were received. =>
Our apologies were sent on Monday. =>
An apology was sent to you last week. =>
We will send a new one. =>
""".replace("\\u2019", "\u2019").replace("\\u2014", "\u2014")

ROWS = [tuple(part.strip() for part in line.split("=>")) for line in TABLE.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def parse(lexicon):
    tokenizer = Tokenizer()

    def apologies(text):
        tokens = tokenizer.tokens(text)
        return tokens, parse_apologies(tokens.words, tokens.raw, lexicon)

    return apologies


@pytest.mark.parametrize(("text", "wanted"), ROWS, ids=[row[0][:50] for row in ROWS])
def test_parse(parse, text, wanted):
    _, found = parse(text)
    if not wanted:
        assert found == []
        return
    device, kind, *rest = wanted.split()
    (apology,) = found
    want = {"device": device, "object": kind} | USUAL | dict(part.split("=") for part in rest)
    assert {name: getattr(apology, name) for name in want} == want


def test_the_table_is_long_enough():
    assert len(ROWS) >= 80
    for part in ("device", "object"):
        at = {"device": 0, "object": 1}[part]
        assert len({row[1].split()[at] for row in ROWS if row[1]}) >= 6


@pytest.mark.parametrize(("text", "wanted"), ROWS, ids=[row[0][:50] for row in ROWS])
def test_indices_are_in_the_sentence(parse, text, wanted):
    tokens, found = parse(text)
    for apology in found:
        assert 0 <= apology.start < apology.end <= len(tokens.words)
        assert apology.start < apology.focus <= apology.end
        if apology.continuation is not None:
            assert apology.end <= apology.continuation < len(tokens.words)


SCRAPS = (
    "sorry apologise apologies apology regret forgive bad my our we i you your who that if to for not no do can could "
    "what which are have had been put out off feel felt upset left all everyone on board flight 12 @ @kim kim mr mr. "
    "in advance behalf of enough any may and but because as so please by found it took the way struck nerves , . ? - !"
).split()


@given(st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=14))
def test_any_words_are_parsed(lexicon, words):
    for apology in parse_apologies(tuple(words), tuple(words), lexicon):
        assert 0 <= apology.start < apology.end <= len(words)
        assert apology.start < apology.focus <= len(words)
        assert apology.continuation is None or apology.end <= apology.continuation < len(words)


def test_the_span_holds_subject_device_and_object(parse):
    tokens, (apology,) = parse("Hi Ana, we are really sorry for the long delay, and we have sent it.")
    assert " ".join(tokens.words[apology.start : apology.end]) == "we are really sorry for the long delay"
    assert tokens.words[apology.continuation] == "we"


def test_two_apologies(parse):
    _, found = parse("I'm sorry for the delay, and I apologise for my tone.")
    assert [(a.device, a.object) for a in found] == [("sorry", "problem"), ("apologise", "problem")]


def test_a_repeated_device_is_one_apology(parse):
    _, found = parse("Sorry, sorry, sorry for the delay.")
    assert len(found) == 1


def test_sorry_not_sorry_is_mocked(parse):
    _, found = parse("Sorry, not sorry.")
    assert found[0].mood == "mocked"
    assert not any(a.mood == "asserted" for a in found)


@pytest.mark.parametrize("spelling", ["apologise", "apologize", "appologise", "apoligize"])
def test_spellings(parse, spelling):
    _, (apology,) = parse(f"We {spelling} for the delay.")
    assert (apology.device, apology.object) == ("apologise", "problem")


@pytest.mark.parametrize("filler", ["", "so ", "very ", "truly ", "really really ", "most sincerely ", "terribly "])
def test_adverbs_change_nothing(parse, filler):
    _, (apology,) = parse(f"We are {filler}sorry for the delay.")
    assert (apology.object, apology.mood) == ("problem", "asserted")


@pytest.mark.parametrize(
    "emotion",
    ["upset", "disappointed", "less than happy", "fed up", "gutted", "not satisfied", "livid", "taken aback"],
)
def test_a_feeling_is_a_feeling_whatever_its_name(parse, emotion):
    for text in (
        f"We are sorry you are {emotion}.",
        f"Sorry that you feel {emotion}!",
        f"I'm sorry you were so {emotion}",
    ):
        _, (apology,) = parse(text)
        assert apology.object == "feeling", text
