//! What a user and a screen reader find in the gallery.

use eframe::egui::{self, Role, accesskit::Toggled};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::gallery::{State, gallery};
use crate::ui::theme::{Theme, install_fonts, size};

fn harness(theme: Theme) -> Harness<'static, State> {
    let mut started = false;
    let mut harness = Harness::builder().with_size(egui::vec2(1280.0, 960.0)).build_ui_state(
        move |ui, state| {
            if !started {
                started = true;
                install_fonts(ui.ctx());
                theme.install(ui.ctx());
                // Families are there from the next pass on.
                return ui.ctx().request_discard("fonts");
            }
            gallery(ui, state);
        },
        State::default(),
    );
    harness.run();
    harness
}

#[test]
fn everything_has_its_role_and_name_in_both_themes() {
    for theme in [Theme::light(), Theme::dark()] {
        let harness = harness(theme);
        let named = [
            (Role::Button, "Take mine"),
            (Role::Button, "Close Letter"),
            (Role::Button, "Add…"),
            (Role::Button, "Inspector"),
            (Role::RadioButton, "Annotate"),
            (Role::RadioButton, "caveat"),
            (Role::CheckBox, "Unsure"),
            (Role::TextInput, "Find in the dossier"),
            (Role::ListBoxOption, "quoted by"),
            (Role::Label, "key 1"),
            (Role::Label, "dash-dot line"),
            (Role::Label, "Documents"),
        ];
        for (role, name) in named {
            assert!(harness.query_all_by_role_and_label(role, name).next().is_some(), "{role:?} {name:?}");
        }
    }
}

#[test]
fn what_can_be_pressed_is_large_enough() {
    let harness = harness(Theme::light());
    for role in [Role::Button, Role::RadioButton, Role::CheckBox, Role::ListBoxOption] {
        for node in harness.query_all_by_role(role) {
            let rect = node.rect();
            let name = node.accesskit_node().label();
            assert!(rect.width() >= size::HIT && rect.height() >= size::HIT, "{role:?} {name:?}: {rect:?}");
        }
    }
}

#[test]
fn presses_reach_their_state() {
    let mut harness = harness(Theme::light());
    harness.get_by_role_and_label(Role::RadioButton, "Review").click();
    harness.get_by_role_and_label(Role::CheckBox, "Unsure").click();
    harness.get_by_role_and_label(Role::Button, "Take mine").click();
    harness.get_by_role_and_label(Role::Button, "Export…").click();
    harness.run();
    assert_eq!(harness.state().view, 2);
    assert!(harness.state().unsure);
    assert_eq!(harness.state().clicks, ["Take mine"], "what is disabled takes no click");
    let unsure = harness.get_by_role_and_label(Role::CheckBox, "Unsure");
    assert_eq!(unsure.accesskit_node().toggled(), Some(Toggled::True));
}

#[test]
fn the_keyboard_reaches_buttons() {
    let mut harness = harness(Theme::dark());
    harness.get_by_role_and_label(Role::Button, "Copy card").focus();
    harness.run();
    harness.key_press(egui::Key::Space);
    harness.run();
    assert_eq!(harness.state().clicks, ["Copy card"]);
}

#[test]
fn typing_goes_into_the_field() {
    let mut harness = harness(Theme::light());
    harness.get_by_role_and_label(Role::TextInput, "Find in the dossier").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Find in the dossier").type_text("pier 4");
    harness.run();
    assert_eq!(harness.state().query, "pier 4");
}
