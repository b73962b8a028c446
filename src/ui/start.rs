//! Starting the window, and saying in one sentence why it can't be.

use std::path::PathBuf;

use eframe::egui;

use super::App;
use super::dialogs::SystemDialogs;

/// Opens the window and works until it is closed.
///
/// # Errors
/// One sentence that says what is missing, what brings it, and what works without a window.
pub fn run(paths: Vec<PathBuf>) -> Result<(), String> {
    what_is_missing().map_or(Ok(()), Err)?;
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")).unwrap_or_default();
    let viewport = egui::ViewportBuilder::default()
        .with_title("Gainsay")
        .with_app_id("gainsay")
        .with_icon(icon)
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([640.0, 400.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        centered: true,
        event_loop_builder: Some(Box::new(choose_x11)),
        ..Default::default()
    };
    // winit panics where a library is missing that it opens at run time; the panic is turned into the sentence.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let started = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let flag = std::sync::Arc::clone(&started);
    let hook = std::sync::Arc::new(std::sync::Mutex::new(Some(hook)));
    let hook_there = std::sync::Arc::clone(&hook);
    let create: eframe::AppCreator<'_> = Box::new(move |context| {
        // From here on a panic is a bug of ours and is printed as such.
        if let Some(hook) = hook_there.lock().ok().and_then(|mut hook| hook.take()) {
            std::panic::set_hook(hook);
        }
        flag.store(true, std::sync::atomic::Ordering::Relaxed);
        Ok(Box::new(App::new(&context.egui_ctx, Box::new(SystemDialogs::default()), paths)))
    });
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        eframe::run_native("gainsay", options, create)
    }));
    match result {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(no_window(&error.to_string())),
        Err(panic) if started.load(std::sync::atomic::Ordering::Relaxed) => std::panic::resume_unwind(panic),
        Err(panic) => {
            let words = (panic.downcast_ref::<String>().map(String::as_str))
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("a system library is missing");
            Err(no_window(words))
        }
    }
}

fn no_window(cause: &str) -> String {
    let cause = cause.lines().next().unwrap_or_default();
    format!("no window can be opened ({cause}); {PACKAGES}; {WITHOUT}")
}

const PACKAGES: &str = "on Debian, a window needs the packages \
    libgl1-mesa-dri libegl1 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0";
const WITHOUT: &str =
    "without a window, `gainsay check`, `info`, `new`, `recover` and `export` work (see `gainsay help`)";

#[cfg(target_os = "linux")]
fn what_is_missing() -> Option<String> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    (!set("DISPLAY") && !set("WAYLAND_DISPLAY")).then(|| {
        format!("no window can be opened: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set); {WITHOUT}")
    })
}

#[cfg(not(target_os = "linux"))]
fn what_is_missing() -> Option<String> {
    None
}

/// winit 0.30 delivers dropped files on X11 only, so X11 is taken whenever there is one.
#[cfg(target_os = "linux")]
fn choose_x11(builder: &mut winit::event_loop::EventLoopBuilder<eframe::UserEvent>) {
    use winit::platform::x11::EventLoopBuilderExtX11 as _;
    if std::env::var_os("DISPLAY").is_some_and(|value| !value.is_empty()) {
        builder.with_x11();
    }
}

#[cfg(not(target_os = "linux"))]
fn choose_x11(_builder: &mut winit::event_loop::EventLoopBuilder<eframe::UserEvent>) {}
