//! Which keys do what: those of the table of commands, and those that the user has set in their place.

use std::collections::BTreeMap;

use super::command::{COMMANDS, Command};
use super::keys::Shortcut;
use super::review::Mode;

/// The keys of all commands. What the user has set for a command stands in the place of the table's keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyMap {
    set: BTreeMap<Command, Vec<Shortcut>>,
}

impl KeyMap {
    /// Reads what stands in the settings: keys as they are printed, by the command's name in the code
    /// (`"NextSentence": ["S", "Alt ↓"]`). Also returns a sentence for each entry that means nothing; the others hold.
    pub fn of_settings(settings: &BTreeMap<String, Vec<String>>) -> (Self, Vec<String>) {
        let (mut set, mut warnings) = (BTreeMap::new(), Vec::new());
        for (name, keys) in settings {
            let Some(command) = COMMANDS.iter().map(|info| info.command).find(|it| setting(*it) == *name)
            else {
                warnings
                    .push(format!("the settings have keys for “{name}”, which is no action of this version"));
                continue;
            };
            let (read, odd): (Vec<_>, Vec<_>) =
                keys.iter().map(|key| key.parse::<Shortcut>()).partition(Result::is_ok);
            warnings
                .extend(odd.into_iter().filter_map(Result::err).map(|why| format!("keys of {name}: {why}")));
            set.insert(command, read.into_iter().flatten().collect());
        }
        (Self { set }, warnings)
    }

    /// The keys of a command; the first is the one shown.
    pub fn keys(&self, command: Command) -> &[Shortcut] {
        self.set.get(&command).map_or(command.info().keys, Vec::as_slice)
    }

    /// The key to print beside a command; empty when it has none.
    pub fn cap(&self, command: Command) -> String {
        self.keys(command).first().map_or_else(String::new, ToString::to_string)
    }

    /// What a key does in a mode. Where two commands have it: the one for which the user has set it. In a review or the
    /// matrix its own commands come first.
    pub fn command(&self, shortcut: Shortcut, mode: Mode) -> Option<Command> {
        let of = |mode: Option<Mode>| {
            let mut set = self.set.iter().filter(|(command, _)| command.mode() == mode);
            let set = set.find(|(_, keys)| keys.contains(&shortcut)).map(|(command, _)| *command);
            set.or_else(|| self.owners(shortcut, mode).next())
        };
        of(Some(mode)).or_else(|| of(None))
    }

    /// All commands that have this key, those of a mode or all others, in the order of the table.
    pub fn owners(&self, shortcut: Shortcut, mode: Option<Mode>) -> impl Iterator<Item = Command> {
        let commands = COMMANDS.iter().map(|info| info.command).filter(move |it| it.mode() == mode);
        commands.filter(move |it| self.keys(*it).contains(&shortcut))
    }

    /// True when the user has set the keys of this command.
    pub fn is_set(&self, command: Command) -> bool {
        self.set.contains_key(&command)
    }
}

/// The name of a command in the settings.
pub fn setting(command: Command) -> String {
    format!("{command:?}")
}

#[cfg(test)]
mod tests {
    use super::super::keys::Key;
    use super::*;

    fn of(entries: &[(&str, &[&str])]) -> (KeyMap, Vec<String>) {
        let entries = entries
            .iter()
            .map(|(name, keys)| ((*name).to_owned(), keys.iter().map(|key| (*key).to_owned()).collect()));
        KeyMap::of_settings(&entries.collect())
    }

    #[test]
    fn keys_that_are_set_stand_in_the_place_of_the_tables() {
        let plain = |letter| Shortcut::plain(Key::Letter(letter));
        let (keys, warnings) =
            of(&[("NextSentence", &["G"]), ("Tag(2)", &["Shift J", "Cmd F2"]), ("Widen", &[])]);
        assert_eq!(warnings, [""; 0]);
        assert_eq!(keys.command(plain('G'), Mode::Annotate), Some(Command::NextSentence));
        assert_eq!(keys.command(plain('S'), Mode::Annotate), None);
        assert_eq!(keys.command(plain('W'), Mode::Annotate), None);
        assert_eq!(keys.cap(Command::Widen), "");
        assert_eq!(keys.command(plain('N'), Mode::Annotate), Some(Command::EditNote));
        assert_eq!(keys.command(Shortcut::command(Key::Function(2)), Mode::Annotate), Some(Command::Tag(2)));
        // Shift J is also the table's key for another command: what was set holds, and both are named.
        let shift_j = plain('J').with_shift();
        assert_eq!(keys.command(shift_j, Mode::Annotate), Some(Command::Tag(2)));
        assert_eq!(keys.owners(shift_j, None).collect::<Vec<_>>(), [Command::Tag(2), Command::PickNext]);
    }

    #[test]
    fn a_key_of_a_review_holds_there_alone() {
        let plain = |letter| Shortcut::plain(Key::Letter(letter));
        let (keys, _) = of(&[("RejectAll", &["Y"])]);
        assert_eq!(keys.command(plain('J'), Mode::Review), Some(Command::NextDifference));
        assert_eq!(keys.command(plain('J'), Mode::Annotate), Some(Command::NextAnnotation));
        assert_eq!(keys.command(plain('S'), Mode::Review), Some(Command::NextSentence));
        assert_eq!(
            (keys.command(plain('Y'), Mode::Review), keys.command(plain('Y'), Mode::Annotate)),
            (Some(Command::RejectAll), None)
        );
        // Its key of the table means there what it means elsewhere.
        assert_eq!(keys.command(plain('R'), Mode::Review), Some(Command::NextReading));
    }

    #[test]
    fn a_key_of_the_matrix_holds_there_alone() {
        let key = |letter| KeyMap::default().command(Shortcut::plain(Key::Letter(letter)), Mode::Matrix);
        assert_eq!(key('E'), Some(Command::EditStatement));
        assert_eq!(key('P'), Some(Command::PutUnder));
        let n = Shortcut::plain(Key::Letter('N'));
        assert_eq!(KeyMap::default().command(n, Mode::Annotate), Some(Command::EditNote));
        assert_eq!(KeyMap::default().command(n, Mode::Matrix), Some(Command::NewStatement));
    }

    #[test]
    fn what_means_nothing_is_named_and_the_rest_holds() {
        let (keys, warnings) = of(&[("Fly", &["F"]), ("Save", &["Ctrl S", "Hyper S", "Ctrl"])]);
        assert_eq!(keys.keys(Command::Save), [Shortcut::command(Key::Letter('S'))]);
        assert_eq!(warnings.len(), 3);
        assert!(warnings[0].contains("“Fly”") && warnings[1].contains("Hyper S"), "{warnings:?}");
    }

    #[test]
    fn every_key_of_the_table_reads_back_as_it_is_printed() {
        for key in COMMANDS.iter().flat_map(|info| info.keys) {
            assert_eq!(key.to_string().parse(), Ok(*key));
        }
    }
}
