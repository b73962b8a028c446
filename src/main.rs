fn main() {
    let paths: Vec<std::path::PathBuf> = std::env::args_os().skip(1).map(Into::into).collect();
    #[cfg(feature = "gui")]
    if let Err(error) = gainsay::ui::run(paths) {
        eprintln!("gainsay: {error}");
        std::process::exit(2);
    }
    #[cfg(not(feature = "gui"))]
    drop(paths);
}
