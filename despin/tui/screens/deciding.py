"""The actions that decide, undo and redo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from despin.edit import Edit
from despin.read import WriteError
from despin.read.sources import is_folder
from despin.review import Verdict
from despin.tui import changes, likes, moves, steps
from despin.tui.allowing import Allowed, allow, take_back
from despin.tui.details import shown_words
from despin.tui.screens.asking import Confirm, Prompt
from despin.tui.screens.base import ReviewBase
from despin.tui.session import Key, Session, key_of


class Deciding(ReviewBase):
    """Actions that change decisions, each one step to undo."""

    config: Path | None = None
    """The configuration that takes allowed words; the nearest to an article unless named."""

    def action_accept(self) -> None:
        """Accept the best proposal."""
        finding = changes.focused(self.session)
        if finding is not None and finding.best is None:
            self.tell(self._no_proposal())
            return
        self._decided(changes.decide(self.session, Verdict.ACCEPTED))

    def _no_proposal(self) -> str:
        return f"Nothing is proposed here: {self.key('edit')} types your own words"

    def action_reject(self) -> None:
        """Keep the words as written."""
        self._decided(changes.decide(self.session, Verdict.REJECTED))

    def action_candidate(self, number: int) -> None:
        """Accept alternative ``number``."""
        finding = changes.focused(self.session)
        if not self.in_focus() or finding is None:
            return
        if number > len(finding.candidates):
            self.tell(f"There is no alternative {number}")
            return
        self._decided(changes.accept_candidate(self.session, number))

    def action_edit(self) -> None:
        """Ask for the user's own words."""
        edit, finding = changes.editable(self.session), changes.focused(self.session)
        if not self.in_focus() or edit is None or finding is None:
            return
        title = f"Instead of “{shown_words(edit.before)}”"
        hint = "enter takes it (an empty line deletes) · esc leaves"
        number, key = self.session.at, key_of(finding)

        def typed(text: str | None) -> None:
            if text is not None:
                self._typed(text, number, key, edit)

        self.app.push_screen(Prompt(title, changes.in_one_line(edit.after), hint), typed)

    def _typed(self, text: str, number: int, key: Key, asked: Edit) -> None:
        """Take words for the finding that the box named: another may be in focus by now."""
        there = moves.to_key(self.session, number, key)
        edit = changes.editable(there) if there else None
        if there is None or edit is None or edit.span != asked.span:
            self.tell(f"“{shown_words(asked.before)}” is no longer a finding; nothing was changed")
            return
        changed = changes.accept_line(there, text)
        self._decided(changed)
        if changed.done is not there.done:
            self.rescore(number, edit.span)

    def action_later(self, verdict: str) -> None:
        """Ask, then decide all undecided ones from here on."""
        wanted = Verdict(verdict)
        keys = changes.keys_from_here(self.session, wanted)
        if not keys:
            none = not changes.undecided_from_here(self.session)
            self.tell("Nothing undecided from here on" if none else self._no_proposal())
            return
        verb = "Accept" if wanted is Verdict.ACCEPTED else "Reject"
        what = "this finding" if len(keys) == 1 else f"these {len(keys)} findings"
        question = f"{verb} {what}, from here to the end of the file?"
        number = self.session.at
        self._ask(question, lambda: changes.these(self.session, wanted, number, keys))

    def _ask(self, question: str, change: Callable[[], Session]) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._changed(change())

        self.app.push_screen(Confirm(question), answered)

    def action_alike(self) -> None:
        """Decide all like findings as this one is, or as the last one was."""
        place = likes.to_repeat(self.session)
        if place is None:
            self.tell(f"Decide one first; {self.key('alike')} then does the same to all like it")
            return
        changed = likes.alike(self.session)
        if changed is self.session:
            self.tell(f"There is no other undecided “{self._words(place)}”")
            return
        self._changed(moves.onwards(self.session, changed))

    def _words(self, place: tuple[int, int]) -> str:
        review = self.session.files[place[0]].review
        assert review is not None
        return shown_words(review.findings[place[1]].span.of(review.document.text))

    def action_ignore(self) -> None:
        """Reject every finding of these words in this file."""
        self._rejected("ignore here", everywhere=False)

    def action_allow(self) -> None:
        """Put the words on the project's list, and reject every finding of them."""
        finding, review = changes.focused(self.session), self.session.file.review
        if not self.in_focus() or finding is None or review is None:
            return
        words = finding.span.of(review.document.text).strip()
        if not words or "\n" in words:
            self.tell("Only words can be allowed")
            return
        folder = Path(review.document.id).parent
        try:
            allowed = allow(words, folder if is_folder(str(folder)) else Path.cwd(), self.config)
        except WriteError as error:
            self.tell(str(error), wrong=True)
            return
        said = f"“{words}” is allowed now, in {allowed.path}"
        self._rejected(f"allow {words}", everywhere=True, allowed=allowed, said=said)

    def _rejected(
        self, label: str, *, everywhere: bool, allowed: Allowed | None = None, said: str = ""
    ) -> None:
        changed = likes.reject_alike(self.session, label, everywhere=everywhere)
        if changed is not self.session and len(changed.done[-1].changes) > 1:
            rejected = f"Rejected: {steps.summary(changed.done[-1].changes)}"
            said = f"{said}. {rejected}" if said else rejected
        if said:
            self.tell(said)
        if allowed is not None:
            if changed is self.session and allowed.before != allowed.after:
                changed = steps.with_step(changed, label)
            if changed is not self.session:
                changed = steps.with_allowed(changed, allowed)
        self._decided(changed)

    def action_undo(self) -> None:
        """Take the last step back."""
        if not self.session.done:
            self.tell("Nothing to undo")
            return
        step = self.session.done[-1]
        self.show(steps.undo(self.session))
        self.tell(f"Undone: {steps.described(step)}")
        if step.allowed is not None:
            try:
                take_back(step.allowed)
            except WriteError as error:
                self.tell(f"“{step.allowed.word}” stays allowed: {error}", wrong=True)

    def action_redo(self) -> None:
        """Take the last undone step again."""
        if not self.session.undone:
            self.tell("Nothing to redo")
            return
        step = self.session.undone[-1]
        session = steps.redo(self.session)
        if step.allowed is not None:
            try:
                path = step.allowed.path
                allowed = allow(step.allowed.word, path.parent, path)
            except WriteError as error:
                self.tell(str(error), wrong=True)
                return
            session = steps.with_allowed(session, allowed)
        self.show(session)
        self.tell(f"Redone: {steps.described(step)}")

    def _changed(self, session: Session) -> None:
        """Take over what several decisions made, and say how many."""
        if session is self.session:
            self.tell("These are no longer findings; nothing was changed")
        else:
            self.tell(f"Decided: {steps.summary(session.done[-1].changes)}")
        self.show(moves.settled(session))

    def _decided(self, session: Session) -> None:
        """Take over a decision and go on to the next undecided finding.

        A filter may hide what was just decided, so what counts is what was in focus before.
        """
        if self.in_focus():
            self.show(moves.settled(moves.undecided(session, 1)))
