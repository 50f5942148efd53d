"""English function words: closed classes, which carry grammar more than meaning."""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    """
    a an the this that these those each every either neither another other such same own
    i me my mine myself you your yours yourself yourselves he him his himself she her hers herself
    it its itself we us our ours ourselves they them their theirs themselves one oneself
    who whom whose which what whatever whoever whichever
    someone somebody something anyone anybody anything everyone everybody everything nobody nothing
    and or but nor yet so for if unless although though because since while whereas whether than
    as when whenever where wherever how why until till once lest whilst
    of in on at by to from with without within into onto upon over under above below between among
    amongst amid across through throughout during before after behind beyond beside besides near
    against toward towards about around along off out up down per via despite except like unlike
    inside outside underneath opposite past
    be am is are was were been being have has had having do does did doing done
    will would shall should can could may might must ought
    not no never ever also too very just only even still already again quite rather almost nearly
    here there then now thus hence therefore however moreover furthermore meanwhile
    otherwise instead
    much many more most less least few several some any all both half none enough
    always often sometimes seldom usually perhaps maybe
    don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't couldn't shouldn't hasn't
    haven't hadn't it's he's she's that's there's they're we're you're i'm i've we've they've
    """.split()
)
"""In the form of `despin.text.tokens.normal`."""
