//! The note by which Gainsay knows its own project again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::write;
use crate::edit::Edit;
use crate::format::import::Foreign;
use crate::format::session::{FORMAT, v1};
use crate::model::{Document, SessionInfo};

/// The documents of the record, without their texts, by the GUIDs of their sources.
pub(super) struct Record {
    pub(super) documents: BTreeMap<String, Document>,
}

impl Record {
    /// Reads it; scheme, people and statements go to `foreign`.
    ///
    /// # Errors
    /// Why it can't be read; `foreign` is as it was then.
    pub(super) fn read(text: &str, foreign: &mut Foreign) -> Result<Self, String> {
        let file: v1::File<'static> = ron::from_str(text).map_err(|error| error.to_string())?;
        if file.format > FORMAT {
            return Err(format!("it has format {}, this program reads {FORMAT}", file.format));
        }
        let scheme = file.scheme.into_model();
        if let Some(problem) = crate::model::scheme_problems(&scheme).first() {
            return Err(problem.to_string());
        }
        let mut documents = BTreeMap::new();
        for document in file.documents {
            let document = document.into_model(Arc::from(""))?;
            documents.insert(write::of_document(&document), document);
        }
        foreign.scheme = scheme;
        foreign.origin = Some((file.id.0, file.created.0));
        foreign.info = SessionInfo { title: file.title.into_owned(), note: file.note.into_owned() };
        foreign.annotators = file.annotators.into_iter().map(v1::Annotator::into_model).collect();
        foreign.actors = file.actors.into_iter().map(v1::Actor::into_model).collect();
        foreign.statements = file.statements.into_iter().map(v1::Statement::into_model).collect();
        if !file.alerts_aside.is_empty() {
            let alerts = file.alerts_aside.into_iter().map(v1::Alert::into_model);
            foreign.when_new.push(Edit::SetAlertsAside(alerts.collect()));
        }
        if !file.tag_mappings.is_empty() {
            let mappings = file.tag_mappings.into_iter().map(v1::TagMapping::into_model);
            foreign.when_new.push(Edit::SetTagMappings(mappings.collect()));
        }
        if !file.decisions.is_empty() {
            let decisions = file.decisions.into_iter().map(v1::Decision::into_model);
            foreign.when_new.push(Edit::SetDecisions(decisions.collect()));
        }
        if !file.conflicts.is_empty() {
            let conflicts = file.conflicts.into_iter().map(v1::Conflict::into_model);
            foreign.when_new.push(Edit::SetConflicts(conflicts.collect()));
        }
        Ok(Self { documents })
    }
}
