"""Closed word classes of the parse: function words and the few words that grammar, not subject matter, makes special.

Open classes (harm, emotion, remedy ...) are the pack's, in ``lexicon.yaml``. What stands here is English itself.
"""

from __future__ import annotations

# Tokens of a sentence or of a part of it. Always a tuple: its slices are compared with tuples of words, which no list
# ever equals, and the type checker refuses to compare the two.
Words = tuple[str, ...]

# --- The device -------------------------------------------------------------------------------------------------------
# Spellings as people type them; the tokenizer has undone the commonest already.
SORRY = frozenset("sorry sry soz sorri sory srry sorrier soory".split())
APOLOGISE = frozenset(
    "apologise apologize apologises apologizes apologised apologized apologising apologizing appologise appologize "
    "apologice apoligise apoligize apologis apologisee".split()
)
APOLOGY = frozenset("apology apologies appology appologies apologys apoligies apols".split())
# Plurals that are apologies without "our", and that writers mistake for the verb.
APOLOGY_PLURAL = frozenset("apologies appologies".split())
REGRET = frozenset("regret regrets regretted regretting".split())
# Regret only as a verb of the writer's: after "we", "I", "to" or "and".
LAMENT = frozenset("lament deplore".split())
FORGIVE = frozenset("forgive pardon excuse forgiveness".split())
# After "sorry" these make it an adjective: "in a sorry state".
SORRY_THINGS = frozenset("state sight tale saga excuse story affair lot mess spectacle".split())
# After "my bad" these leave it an apology; any other word ("my bad back") makes it a plain adjective.
AFTER_MY_BAD = frozenset(". ! , ; : - \u2014 \u2013 on for there about and that we i".split())
# Words around the noun "apology" that hand it over, so that it is performed and not talked about.
PERFORMING = frozenset("owe owed accept offer extend give make my our deserve due deserved want like send".split())
# Around the plural these say that somebody else's apologies, or earlier ones, are talked about.
APOLOGIES_TOLD_OF = frozenset("received sent passed accepted noted appreciated their his her your".split())

# --- Left of the device -----------------------------------------------------------------------------------------------
# Verbs that join "sorry" to its subject.
LINKING = frozenset("am is are was were be been being 's feel feels felt im remain sound".split())
# What may stand between a subject and its device without ending the clause.
BEFORE_DEVICE = LINKING | frozenset(
    "do can must would like to want wish have had has having only just say first let me us and then will shall "
    "could should may need 'd got really so very much too also hereby , offer extend express give send convey "
    "please accept a an the again once more all both sincere sincerest sincerely deep deepest heartfelt warm "
    "humble humblest profuse full fullest unreserved unreservedly truly deeply profoundly personally formally "
    "honest biggest big huge massive genuine most our my begin start by beg your go on say take opportunity moment "
    "this not never cannot n't no nothing wanted love owe you going deserve ask for with request saying kindly".split()
)
WRITER = frozenset("we i we're i'm im us me our my".split())
# Subject forms of the writer: with one of them the writer is the performer.
WRITER_SUBJECT = frozenset("we i im".split())
CUSTOMER = frozenset("you your".split())
THIRD = frozenset("he she they who him her them his their".split())
# Orders: who apologises because of one does not mean it.
ORDERING = frozenset(
    "asked told instructed ordered required requested wants wanted want made obliged forced directed".split()
)
SPEECH = frozenset("said says saying told tells mentioned added claimed".split())
# Nothing before these belongs to the clause of the device.
CLAUSE_MARKS = frozenset(
    ". ! ? ; : ( ) \u2014 \u2013 - \u2026 but because if when as since while after although though however or".split()
)
# Nouns that, as subject of the device, are not the organisation that writes.
OTHER_PARTIES = frozenset(
    "driver courier contractor supplier colleague manager trainee agent boss supervisor engineer technician nurse "
    "doctor officer teacher clerk haulier carrier vendor manufacturer landlord partner partners rep receptionist "
    "waiter chef builder surveyor adviser advisor assistant steward inspector caretaker author".split()
)
# "no" and "nothing" count too: "nothing to apologise for".
DENYING = frozenset("not never no cannot refuse refuses n't nothing".split())
# After a lone "Sorry" these open a question: the device calls attention, it does not apologise.
QUESTION_OPENERS = frozenset(
    "could can would may might please what which who where when did do does how is are kindly was were".split()
)
# "who" is not among them: after a recipient it opens a relative clause ("sorry to everyone who had to wait").
QUESTION_WORDS = frozenset("what which where when how".split())
# Verbs that stand before their subject in a question, and the subjects: "are you", "did we".
INVERTED = frozenset("are is can could do does did would will have has was were shall may".split())
ASKED_OF = frozenset("you we i they he she there".split())

# --- Where the complement begins --------------------------------------------------------------------------------------
# "at", "in" and "with" count as well ("sorry at the delay"); "4" is chat for "for".
PREPOSITIONS = frozenset("for about on over regarding re at of 4 concerning around towards due with in".split())
# Words that open what the apology is for.
COMPLEMENT_OPENERS = PREPOSITIONS | frozenset("that if to should".split())
# Adverbs between device and complement, and the words of "from the bottom of my heart".
TRAILING_ADVERBS = frozenset(
    "again sincerely profusely unreservedly deeply indeed wholeheartedly personally truly really fully most so "
    "very much enough once more also both too all from the bottom of my our heart hearts".split()
)
# Of those, the words that are adverbs only inside such a phrase.
ADVERBS_IN_PHRASE = frozenset("all from the of my our".split())
# Words that open a clause with a subject.
SUBJECTS = frozenset(
    "we i you he she it they this that there these those someone somebody our my your his her their the a an what "
    "nobody no".split()
)
# What may follow the first word of a recipient: "to you and your family", "to your team personally".
RECIPIENT_GOES_ON = frozenset("both all and your family guests too directly wife husband team on personally".split())
# Forms of address, which need no capital.
FAMILIAR = frozenset(
    "guys folks mate love all everyone team sir madam dear bro man friend pal hun hon there buddy ma'am bud fam ma "
    "ji babe lovely champ hey u o oh y'all lads boss chief darling sweetie everybody".split()
)
# Those that need no comma either: "sorry hun the van broke down".
ADDRESS = frozenset(
    "mate friend hun hon babe bro sir ma madam man love lovely pal bud buddy ma'am champ guys folks".split()
)
TITLES = frozenset("mr mrs ms dr miss mx mr. mrs. ms. dr.".split())
# Capitalised at the head of a clause, these are no names.
NO_NAMES = frozenset(
    "could can would please what which who where when how do did does is are may sorry no yes due because since as "
    "once kindly unfortunately just not".split()
)

# --- Where the complement ends ----------------------------------------------------------------------------------------
STOPS = frozenset([".", "!", "?", ";", ":", "(", ")", "\u2026", "..", "...", "\n", "[", "]", "|", "&", "*", "~", "^"])
DASHES = frozenset("- \u2014 \u2013 -- ---".split())
# Marks that a clause may hold; any other mark (an emoji, a stray symbol) ends it.
INNER_MARKS = frozenset(", ' 's 'd - \u2014 \u2013 -- / \" # % \u00a3 $ @ 're 've 'll 'm".split())
CONTRAST = frozenset("but however though although yet except tho nevertheless nonetheless whereas".split())
CAUSE = frozenset("because since hence coz cos cuz bcz bcoz becuase".split())
# Between "we" and "busy".
CIRCUMSTANTIAL = frozenset(
    "are am is was were 's have has had been being just really so very extremely incredibly absolutely a bit".split()
)
# States of ours that are failures themselves, not what led to them.
FAILINGS = frozenset("slow down behind closed stuck mad crazy chaotic bonkers asleep away".split())
# After "since" these make it a time, not a cause.
TIMES_SINCE = frozenset("monday last yesterday the you your".split())
# After "as" these make it a cause ("as we were busy") ...
AS_SUBJECTS = frozenset("we i our my it this they he she you there".split())
# ... unless one of these stands before it ("as soon as we").
AS_COMPARED = frozenset("soon much well far such long as".split())
# After a hyphen these open a new clause; any other word is the second half of a compound ("mix-up").
NEW_CLAUSE = frozenset(
    "we i you it they he she there please kindly thank thanks and but so as that this these our my let can could "
    "what which who hope hopefully however the your if here is are do next now unfortunately a an one some nobody "
    "in at when".split()
)
# After "and" these open a new clause ...
AND_CLAUSE = frozenset(
    "we i thank thanks hope request please will want appreciate assure understand can are am have regret apologise "
    "apologize kindly would rest do let here you it this that there our my if the".split()
)
# ... but these only with a verb near: "the delay and the mess" is one object.
AND_NOUN_OR_CLAUSE = frozenset("the our my your this that you it there".split())
FINITE_VERBS = frozenset(
    "is are was were has have had will can could should would may might must do does did am 's 're 've 'll went "
    "came got took made left broke failed lost forgot cannot seems seemed looks arrived happened".split()
)

# --- Doubt ------------------------------------------------------------------------------------------------------------
DOUBT_ADJECTIVES = frozenset(
    "perceived alleged apparent supposed potential possible seeming purported claimed eventual".split()
)
WHATEVER = frozenset("whatever whichever wherever whoever whenever".split())
# "may" and "might"; before and after these "may" is a month.
MODAL_DOUBT = frozenset("may might".split())
BEFORE_MAY_THE_MONTH = frozenset("in of on early late since from".split())
# "any" before these doubts no harm: "without any notice", "not to wait any longer".
HARMLESS_AFTER_ANY = frozenset(
    "more longer better earlier sooner faster attention help update updates reply response answer notice warning "
    "explanation further day time moment minute".split()
)
HARMLESS_BEFORE_ANY = frozenset("not without hardly never n't have get received".split())

# --- Refusals ---------------------------------------------------------------------------------------------------------
# What an organisation does not do for anybody: "we do not offer".
OFFERING = frozenset(
    "offer have support accept ship provide stock carry do sell deliver allow take cater serve work cover hold".split()
)

# --- Feelings ---------------------------------------------------------------------------------------------------------
FEEL = frozenset("feel felt feeling feels feelin".split())
# Feelings so strong that "the frustration" is the customer's even without "your".
STRONG_FEELINGS = frozenset(
    "frustration frustrations disappointment disappointments anger annoyance dissatisfaction displeasure "
    "unhappiness sadness irritation feelings feeling sentiment sentiments resentment exasperation aggravation "
    "outrage disillusionment".split()
)
# With these the feeling is owned: "the frustration we caused".
CAUSED = frozenset("caused causing cause causes brought created gave given resulting from we".split())
# What was done to somebody, though it reads like a feeling: "you were misled", "you were let down".
ACTED_ON = frozenset(
    "misled ignored neglected excluded overlooked inconvenienced cheated shortchanged disrupted patronised "
    "patronized disrespected let stressed short down confused off put hurt sore".split()
)
