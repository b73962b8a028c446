//! The figures of agreement: computed by a worker whenever session, layers or options have changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::app::Desk;
use crate::review::agreement::material::{LeftOut, over};
use crate::review::agreement::report::{Report, methods, report};
use crate::review::layer::Layer;

use super::found::layer_name;

/// Where the random numbers begin.
pub const SEED: u64 = 1;
/// Rounds of the bootstrap.
const ROUNDS: usize = 1_000;

/// What is asked of the figures, and what has been computed.
#[derive(Debug, Default)]
pub struct Agreed {
    figures: Option<Figures>,
    key: Option<Key>,
    computing: Option<Key>,
    /// The share that a worker has done, in thousandths.
    progress: Arc<AtomicU32>,
    /// Figures with chance in them are wanted too.
    all: bool,
}

/// What they rest on: session, layers, all documents or not, all figures or not.
type Key = (u64, u64, bool, bool);

/// Computed figures.
#[derive(Debug, Default)]
pub struct Figures {
    /// The figures.
    pub report: Report,
    /// Documents that do not count, and why.
    pub left_out: Vec<LeftOut>,
    /// What else is not measured.
    pub notes: Vec<String>,
}

impl Agreed {
    /// All of them are wanted, those with chance in them too.
    pub fn ask_all(&mut self) {
        self.all = true;
    }

    /// What has been computed last.
    pub fn figures(&self) -> Option<&Figures> {
        self.figures.as_ref()
    }

    /// The share that a worker has done, while one is at it.
    pub fn progress(&self) -> Option<f32> {
        self.computing.as_ref()?;
        Some(self.progress.load(Ordering::Relaxed) as f32 / 1000.0)
    }

    /// The paragraph for a methods section.
    pub fn methods(&self) -> Option<String> {
        self.figures.as_ref().map(|figures| methods(&figures.report))
    }

    /// The work for a worker, where the figures are out of date and none is at it.
    pub(in crate::app) fn refresh(
        &mut self,
        desk: &Desk,
        layers_revision: u64,
        all_documents: bool,
    ) -> Option<impl FnOnce() -> Figures + Send + 'static + use<>> {
        let found = desk.review.found();
        let key = (desk.revision(), layers_revision, all_documents, self.all);
        if found.compared.is_empty() || self.computing.is_some() || self.key == Some(key) {
            return None;
        }
        self.computing = Some(key);
        let (session, layers) = (desk.session().clone(), found.compared.clone());
        let own = found.own_is_first.then(|| layer_name(&session));
        let names: Vec<String> = found.names.iter().skip(usize::from(found.own_is_first)).cloned().collect();
        if own.is_none() && layers.len() < 2 {
            self.key = self.computing.take();
            return None;
        }
        let (with_gamma, progress) = (self.all, Arc::clone(&self.progress));
        progress.store(0, Ordering::Relaxed);
        Some(move || {
            let layers: Vec<(String, &Layer)> = names.into_iter().zip(&layers).collect();
            let gathered = over(&session, own, &layers, all_documents);
            let told = |share: f32| {
                progress.store((share * 1000.0) as u32, Ordering::Relaxed);
                true
            };
            let report = report(&gathered.material, SEED, ROUNDS, with_gamma, &told).unwrap_or_default();
            Figures { report, left_out: gathered.left_out, notes: gathered.notes }
        })
    }

    /// A worker has computed them.
    pub(in crate::app) fn take(&mut self, figures: Figures) {
        self.figures = Some(figures);
        self.key = self.computing.take();
    }

    /// The worker met a bug: no figures, not tried again until something else is asked for.
    pub(in crate::app) fn give_up(&mut self) {
        if self.computing.is_some() {
            (self.figures, self.key) = (None, self.computing.take());
        }
    }

    /// There is nothing to compare any more.
    pub(in crate::app) fn forget(&mut self) {
        (self.figures, self.key) = (None, None);
    }
}
