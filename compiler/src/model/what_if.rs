//! What somebody supposes of a package from outside its texts: changes, and things that are not there yet.
//!
//! In: the trees of a package and of statements. Out: a model that has what was declared, and the changes. Never: a language of its
//! own; a supposition says what a test could say.

use std::sync::Arc;

use super::collect::{Collected, Item, ThingItem};
use super::deployments::clause_word;
use super::lower::{Built, Content, Lower, at, items};
use super::{Change, Keyword, Model, ThingId, errors};
use crate::base::FileId;
use crate::syntax::ast::{self, ClauseKind, Entry};

/// A change that is supposed.
#[derive(Clone, Debug)]
pub struct Supposition {
    /// The deployment in which alone it holds; `None`: in every one.
    pub deployment: Option<ThingId>,
    /// What is otherwise.
    pub change: Change,
}

impl Supposition {
    /// The changes among some suppositions that hold in a deployment, in order.
    pub fn changes_in(all: &[Supposition], deployment: Option<ThingId>) -> Vec<Change> {
        let here = all.iter().filter(|each| each.deployment.is_none() || each.deployment == deployment);
        here.map(|each| each.change.clone()).collect()
    }
}

/// A package with what is supposed of it.
#[derive(Clone, Debug)]
pub struct Supposed {
    /// Its model, with what the statements declare.
    pub built: Built,
    /// What the statements change, in order.
    pub changes: Vec<Supposition>,
}

/// Reads a package together with statements, as [`crate::syntax::parse_statements`] reads them.
pub fn suppose(
    library: Option<&Model>,
    files: &[(FileId, Arc<ast::File>)],
    statements: &[(FileId, Arc<ast::File>)],
) -> Supposed {
    let blocks = items(statements, Content::All);
    let declared =
        items(files, Content::All).into_iter().chain(blocks.iter().flat_map(|block| block.children()));
    let declared: Vec<Item<'_>> = declared.collect();
    let mut lower = Lower::on(library);
    let collected = lower.lower(&declared);
    let mut changes = Vec::new();
    for block in blocks {
        lower.supposed(block, &collected, &mut changes);
    }
    Supposed { built: lower.finish(), changes }
}

/// What a message calls the statements.
const AROUND: &str = "a what-if";

impl Lower {
    /// The changes of one block. `in` holds from where it stands.
    fn supposed(&mut self, block: Item<'_>, collected: &Collected<'_>, out: &mut Vec<Supposition>) {
        let mut deployment = None;
        for entry in block.get().body.iter().flat_map(|body| &body.entries) {
            match entry {
                Entry::Clause(clause) => match &clause.kind {
                    ClauseKind::In(path) => {
                        deployment = self.deployment_named(path, block, "what a what-if is in");
                    }
                    ClauseKind::With { .. } | ClauseKind::Without(_) => {
                        let mut changes = Vec::new();
                        self.clause_changes(clause, block, None, AROUND, &mut changes);
                        out.extend(changes.into_iter().map(|change| Supposition { deployment, change }));
                    }
                    _ => {
                        let (word, place) = (clause_word(clause, block), at(block, clause.keyword_span));
                        self.problems.push(errors::clause_not_here(word, AROUND, place));
                    }
                },
                Entry::Attribute(attribute) => {
                    let (name, place) = (block.tree.text(attribute.name), at(block, attribute.name.span));
                    let problem = errors::clause_not_here(name, AROUND, place);
                    self.problems.push(problem.help("say of what: `with thing { name = value }`"));
                }
                Entry::Field(field) => self.problems.push(errors::colon_in_thing(at(block, field.ty.span))),
                Entry::Decl(decl) => {
                    self.declared_in(Item { decl: *decl, ..block }, deployment, collected, out)
                }
            }
        }
    }

    /// A thing that is declared behind `in` is in no other deployment.
    fn declared_in(
        &mut self,
        item: Item<'_>,
        deployment: Option<ThingId>,
        collected: &Collected<'_>,
        out: &mut Vec<Supposition>,
    ) {
        if item.get().keyword == Keyword::Test {
            self.problems.push(errors::only_at_top(Keyword::Test.word(), item.place()));
        }
        let Some(deployment) = deployment else { return };
        let others: Vec<ThingId> =
            self.model.own_deployments().filter(|other| *other != deployment).collect();
        let is_it = |thing: &&ThingItem<'_>| thing.item.file == item.file && thing.item.decl == item.decl;
        for ThingItem { thing, .. } in collected.things.iter().filter(is_it) {
            let absent = others.iter().map(|other| Supposition {
                deployment: Some(*other),
                change: Change::Without(*thing, item.place()),
            });
            out.extend(absent);
        }
    }
}
