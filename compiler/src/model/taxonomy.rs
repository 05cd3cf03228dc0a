//! The taxonomies that references name: does this entry exist, and what is it called.
//!
//! In: the tables of the standard library, searched as they stand, and the text of a reference. Out: its entry, or the
//! spelling that was most likely meant. Never: a table read into memory, an id that is written in Rust.

use prod_stdlib::TAXONOMIES;

use super::errors;
use super::lower::Lower;
use super::{Expr, ExprKind, Type, Value};
use crate::base::nearest;

/// An entry of a taxonomy, as a reference names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// How it is written.
    pub id: &'static str,
    /// What it is called, where its publisher lets that be copied.
    pub title: Option<&'static str>,
    /// What the taxonomy is called.
    pub taxonomy: &'static str,
}

/// The entry that a reference names.
pub fn reference(id: &str) -> Option<Reference> {
    tables().find_map(|table| table.entry(id))
}

/// A table: its head, and its entries as text.
#[derive(Clone, Copy)]
struct Table {
    prefixes: &'static str,
    title: &'static str,
    is_whole: bool,
    rows: &'static str,
}

fn tables() -> impl Iterator<Item = Table> {
    TAXONOMIES.iter().filter_map(|text| {
        let (head, rows) = text.split_once('\n')?;
        let mut head = head.split('\t');
        let (prefixes, title) = (head.next()?, head.next()?);
        let is_whole = head.nth(1)? == "whole";
        Some(Table { prefixes, title, is_whole, rows })
    })
}

impl Table {
    /// How its ids begin.
    fn prefixes(self) -> impl Iterator<Item = &'static str> {
        self.prefixes.split(' ')
    }

    /// Whether an id would belong here, if it existed.
    fn begins(self, id: &str) -> bool {
        self.prefixes().any(|prefix| id.starts_with(prefix))
    }

    fn ids(self) -> impl Iterator<Item = &'static str> {
        self.rows.lines().map(|row| row.split('\t').next().unwrap_or(row))
    }

    /// Its entry with this id. The rows are in order, so each look halves what is left.
    fn entry(self, id: &str) -> Option<Reference> {
        if !self.begins(id) {
            return None;
        }
        let mut rest = self.rows;
        while !rest.is_empty() {
            let (before, after) = rest.as_bytes().split_at(rest.len() / 2);
            let start = before.iter().rposition(is_line_end).map_or(0, |at| at + 1);
            let end = after.iter().position(is_line_end).map_or(rest.len(), |at| before.len() + at);
            let row = rest.get(start..end)?;
            let (found, title) = row.split_once('\t').map_or((row, None), |(id, title)| (id, Some(title)));
            rest = match id.cmp(found) {
                std::cmp::Ordering::Equal => {
                    return Some(Reference { id: found, title, taxonomy: self.title });
                }
                std::cmp::Ordering::Less => rest.get(..start)?,
                std::cmp::Ordering::Greater => rest.get(end + 1..)?,
            };
        }
        None
    }
}

fn is_line_end(byte: &u8) -> bool {
    *byte == b'\n'
}

/// Whether an id is one that a table may lack without being wrong.
fn is_beyond_a_part(id: &str) -> bool {
    tables().any(|table| !table.is_whole && table.begins(id))
}

/// The id that was most likely meant: one of the taxonomy that it begins like, or else one of any.
fn nearest_id(id: &str) -> Option<&'static str> {
    let alike = nearest(id, tables().filter(|table| table.begins(id)).flat_map(Table::ids));
    alike.or_else(|| nearest(id, tables().flat_map(Table::ids)))
}

impl Lower {
    /// Warns of references that name nothing. Only texts that stand there are looked at: whatever else has the type of a
    /// reference was looked at where it was written.
    pub(super) fn references_exist(&mut self, expr: &Expr, ty: &Type) {
        match (&expr.kind, ty) {
            (ExprKind::List(items), Type::List(member)) => {
                items.iter().for_each(|item| self.references_exist(item, member));
            }
            (ExprKind::Value(Value::Text(id)), Type::Ref)
                if reference(id).is_none() && !is_beyond_a_part(id) =>
            {
                let beginnings: Vec<&str> = tables().flat_map(Table::prefixes).collect();
                let problem = errors::unknown_reference(id, nearest_id(id), &beginnings, expr.place);
                self.problems.push(problem);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_of_every_table_is_found_and_no_other() {
        for table in tables() {
            let ids: Vec<&str> = table.ids().collect();
            assert!(ids.is_sorted_by(|a, b| a < b), "the rows of {} are out of order", table.title);
            for id in ids {
                let found = reference(id).map(|found| (found.id, found.taxonomy));
                assert_eq!(found, Some((id, table.title)));
                assert_eq!(reference(&format!("{id}0x")), None);
            }
        }
    }

    #[test]
    fn the_title_is_known_and_a_misspelling_is_near() {
        let title = reference("CWE-294").and_then(|found| found.title);
        assert_eq!(title, Some("Authentication Bypass by Capture-replay"));
        assert_eq!(nearest_id("CWE-2944"), Some("CWE-294"));
        assert_eq!(nearest_id("API66:2023"), Some("API6:2023"));
    }

    #[test]
    fn a_part_of_a_taxonomy_refuses_nothing_that_begins_like_it() {
        let beyond: Vec<&str> = tables().filter(|table| !table.is_whole).flat_map(Table::prefixes).collect();
        assert!(!beyond.is_empty() && beyond.iter().all(|prefix| is_beyond_a_part(&format!("{prefix}9999"))));
        assert!(!is_beyond_a_part("CWE-9999"));
    }
}
