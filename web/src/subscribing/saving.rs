//! When a draft is sent to the server, and what has become of it.

/// Where a draft stands between the screen and the server. One request at a time: the version that
/// the next one needs comes with the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Saving {
    version: i32,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// As the form came.
    Untouched,
    /// Changed since it was sent last.
    Changed,
    Sending,
    /// Changed again while it was on its way.
    SendingOld,
    Saved,
    /// No answer, or a refusal that another try may cure.
    Unsaved,
    /// Another device was quicker: what is here is not sent any more.
    Overtaken,
    /// Confirmed: there is no draft any more.
    Over,
}

/// What a parent is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Nothing,
    Saving,
    Saved,
    Unsaved,
    Overtaken,
}

/// Why a draft was not saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotSaved {
    Overtaken,
    /// To be tried again.
    Failed,
}

impl Saving {
    /// Of a form whose draft has that version.
    pub(super) fn new(version: i32) -> Self {
        Self { version, state: State::Untouched }
    }

    /// Something was changed. Whether it is to be sent, a little later.
    pub(super) fn changed(&mut self) -> bool {
        self.state = match self.state {
            State::Sending | State::SendingOld => State::SendingOld,
            State::Overtaken => State::Overtaken,
            State::Over => State::Over,
            _ => State::Changed,
        };
        self.state == State::Changed
    }

    /// It is time to send: with which version, if there is something to send.
    pub(super) fn send(&mut self) -> Option<i32> {
        if matches!(self.state, State::Changed | State::Unsaved) {
            self.state = State::Sending;
            Some(self.version)
        } else {
            None
        }
    }

    /// An answer came. Whether it was changed again meanwhile, and is to be sent again.
    pub(super) fn answered(&mut self, answer: Result<i32, NotSaved>) -> bool {
        let again = self.state == State::SendingOld;
        if self.state == State::Over {
            return false;
        }
        self.state = match answer {
            Ok(version) => {
                self.version = version;
                if again { State::Changed } else { State::Saved }
            }
            Err(NotSaved::Overtaken) => State::Overtaken,
            Err(NotSaved::Failed) => State::Unsaved,
        };
        self.state == State::Changed
    }

    /// The form was confirmed.
    pub(super) fn end(&mut self) {
        self.state = State::Over;
    }

    pub(super) fn told(self) -> Told {
        match self.state {
            State::Untouched | State::Over => Told::Nothing,
            State::Changed | State::Sending | State::SendingOld => Told::Saving,
            State::Saved => Told::Saved,
            State::Unsaved => Told::Unsaved,
            State::Overtaken => Told::Overtaken,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_sent_once() {
        let mut saving = Saving::new(0);
        assert_eq!((saving.told(), saving.send()), (Told::Nothing, None));
        assert!(saving.changed());
        assert!(saving.changed(), "the wait begins anew");
        assert_eq!((saving.told(), saving.send()), (Told::Saving, Some(0)));
        assert_eq!(saving.send(), None, "one at a time");
        assert!(!saving.answered(Ok(1)));
        assert_eq!((saving.told(), saving.send()), (Told::Saved, None));
        saving.changed();
        assert_eq!(saving.send(), Some(1));
    }

    #[test]
    fn what_changes_on_the_way_is_sent_after_the_answer() {
        let mut saving = Saving::new(4);
        saving.changed();
        saving.send();
        assert!(!saving.changed());
        assert!(saving.answered(Ok(5)));
        assert_eq!(saving.send(), Some(5));
        assert!(!saving.answered(Ok(6)));
    }

    #[test]
    fn without_an_answer_it_is_tried_again_with_the_same_version() {
        let mut saving = Saving::new(2);
        saving.changed();
        saving.send();
        assert!(!saving.answered(Err(NotSaved::Failed)));
        assert_eq!(saving.told(), Told::Unsaved);
        assert_eq!(saving.send(), Some(2));
    }

    #[test]
    fn another_device_s_draft_is_not_overwritten() {
        let mut saving = Saving::new(2);
        saving.changed();
        saving.send();
        saving.answered(Err(NotSaved::Overtaken));
        assert!(!saving.changed());
        assert_eq!((saving.told(), saving.send()), (Told::Overtaken, None));
    }

    #[test]
    fn after_the_confirmation_nothing_is_saved() {
        let mut saving = Saving::new(2);
        saving.changed();
        saving.send();
        saving.end();
        assert!(!saving.answered(Ok(3)) && !saving.changed());
        assert_eq!((saving.told(), saving.send()), (Told::Nothing, None));
    }
}
