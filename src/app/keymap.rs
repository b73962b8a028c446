//! Which keys do what: those of the table of commands, and those that the user has set in their place.

use std::collections::BTreeMap;

use super::command::{COMMANDS, Command};
use super::keys::Shortcut;

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

    /// What a key does, in a review or elsewhere. Where two commands have it: the one for which the user has set it.
    /// In a review its own commands come first.
    pub fn command(&self, shortcut: Shortcut, reviewing: bool) -> Option<Command> {
        let of = |of_review: bool| {
            let mut set = self.set.iter().filter(|(command, _)| command.is_of_review() == of_review);
            let set = set.find(|(_, keys)| keys.contains(&shortcut)).map(|(command, _)| *command);
            set.or_else(|| self.owners(shortcut, of_review).next())
        };
        reviewing.then(|| of(true)).flatten().or_else(|| of(false))
    }

    /// All commands that have this key, of a review or all others, in the order of the table.
    pub fn owners(&self, shortcut: Shortcut, of_review: bool) -> impl Iterator<Item = Command> {
        let commands =
            COMMANDS.iter().map(|info| info.command).filter(move |it| it.is_of_review() == of_review);
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
        assert_eq!(keys.command(plain('G'), false), Some(Command::NextSentence));
        assert_eq!(keys.command(plain('S'), false), None);
        assert_eq!(keys.command(plain('W'), false), None);
        assert_eq!(keys.cap(Command::Widen), "");
        assert_eq!(keys.command(plain('N'), false), Some(Command::EditNote));
        assert_eq!(keys.command(Shortcut::command(Key::Function(2)), false), Some(Command::Tag(2)));
        // Shift J is also the table's key for another command: what was set holds, and both are named.
        let shift_j = plain('J').with_shift();
        assert_eq!(keys.command(shift_j, false), Some(Command::Tag(2)));
        assert_eq!(keys.owners(shift_j, false).collect::<Vec<_>>(), [Command::Tag(2), Command::PickNext]);
    }

    #[test]
    fn a_key_of_a_review_holds_there_alone() {
        let plain = |letter| Shortcut::plain(Key::Letter(letter));
        let (keys, _) = of(&[("RejectAll", &["Y"])]);
        assert_eq!(keys.command(plain('J'), true), Some(Command::NextDifference));
        assert_eq!(keys.command(plain('J'), false), Some(Command::NextAnnotation));
        assert_eq!(keys.command(plain('S'), true), Some(Command::NextSentence));
        assert_eq!(
            (keys.command(plain('Y'), true), keys.command(plain('Y'), false)),
            (Some(Command::RejectAll), None)
        );
        // Its key of the table means there what it means elsewhere.
        assert_eq!(keys.command(plain('R'), true), Some(Command::NextReading));
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
