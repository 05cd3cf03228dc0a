//! What things are called, and which of them has a name that two claim.
//!
//! In: a declaration and what is around it. Out: names in the [`super::Index`]. Never: two things under one name in one place.

use super::collect::Item;
use super::lower::{Lower, at};
use super::{Keyword, ThingId, errors};
use crate::base::{Place, Span};
use crate::syntax::ast::{self, Header};

impl Lower {
    /// What a thing is called, and where that stands.
    pub(super) fn thing_name(
        &mut self,
        item: Item<'_>,
        parent: Option<ThingId>,
        hop: usize,
        hops: usize,
    ) -> Option<(String, Place)> {
        let decl = item.get();
        let text = |path: &ast::Path| item.tree.path_text(path);
        if let Some(name) = &decl.name {
            let number = if hops > 1 { format!(".{}", hop + 1) } else { String::new() };
            return Some((format!("{}{number}", text(name)), at(item, name.span())));
        }
        let header = |span: Span| at(item, span);
        match &decl.header {
            Header::Flow { from, to, .. } => {
                let own = parent.map(|parent| self.model.things[parent].name.to_string());
                let mut ends: Vec<String> = from.as_ref().map(text).or(own).into_iter().collect();
                ends.extend(to.iter().map(text));
                let first = ends.get(hop)?;
                let last = ends.get(hop + 1)?;
                let span = from.as_ref().or(to.first()).map_or(decl.keyword_span, ast::Path::span);
                Some((format!("{first}->{last}"), header(span.to(to.last().map_or(span, ast::Path::span)))))
            }
            Header::Allow { from, to, .. } => {
                let (from, to) = (end_text(from, item), end_text(to, item));
                Some((format!("{}->{}", from.0, to.0), header(from.1.to(to.1))))
            }
            Header::Grant { who, what, .. } => {
                Some((format!("{}->{}", text(who), text(what)), header(who.span().to(what.span()))))
            }
            Header::Run { what, alias } => {
                let name = alias.map_or_else(|| what.last(), Some)?;
                Some((item.tree.text(name).to_owned(), header(what.span())))
            }
            Header::Accept { rule, on, deployment } => {
                let place = header(rule.span().to(on.span()));
                let deployment = deployment.as_ref().map_or(String::new(), |path| format!("@{}", text(path)));
                Some((format!("{}@{}{deployment}", text(rule), text(on)), place))
            }
            _ if decl.title.is_some() => {
                let span = decl.title.unwrap_or(decl.keyword_span);
                Some((item.title().unwrap_or_default().to_string(), header(span)))
            }
            _ => {
                self.problems.push(errors::name_missing(decl.keyword.word(), item.place()));
                None
            }
        }
    }

    /// Gives the name to the thing, unless another one in the same place has it.
    pub(super) fn claim(&mut self, thing: ThingId, parent: Option<ThingId>, name: &str, item: Item<'_>) {
        let keyword = item.get().keyword;
        if keyword == Keyword::Finding {
            return;
        }
        let spelling = spelling_of(keyword, name);
        let key = self.intern_text(&spelling);
        if keyword == Keyword::Tag {
            self.model.index.tags.insert(key, thing);
        }
        if let (None, Some(first)) = (parent, self.model.packages.place_of_use(&spelling)) {
            let place = self.model.things[thing].place;
            self.problems.push(errors::declared_twice(keyword.word(), name, place, first));
            return;
        }
        if let Some(&first) = self.model.index.things.get(&(parent, key)) {
            let is_foreign = self.model.things[first].is_foreign;
            let first = self.model.things[first].place;
            let place = self.model.things[thing].place;
            let is_named = item.get().name.is_some() || !name.contains("->");
            let twice = if is_named { errors::declared_twice } else { errors::ends_twice };
            let problem = twice(keyword.word(), name, place, first);
            let word = keyword.word();
            self.problems.push(match is_foreign {
                true => problem.help(format!("`override {word} {name} {{ … }}` changes the other one")),
                false => problem,
            });
            return;
        }
        self.model.index.things.insert((parent, key), thing);
        if keyword == Keyword::Product {
            match self.model.product {
                None => self.model.product = Some(thing),
                Some(first) => {
                    let (first, place) = (self.model.things[first].place, self.model.things[thing].place);
                    self.problems.push(errors::second_product(place, first));
                }
            }
        }
    }
}

/// Keywords whose things have a space of names of their own: `edge->api` may be a flow and an opening, and a product
/// may be called like what it sells. Where a place does not ask for one of them, other things of the name come first.
pub(super) const OWN_SPACES: [Keyword; 5] =
    [Keyword::Run, Keyword::Allow, Keyword::Grant, Keyword::Accept, Keyword::Product];

/// How the name of a thing of a keyword stands in the index.
pub(super) fn spelling_of(keyword: Keyword, name: &str) -> String {
    if OWN_SPACES.contains(&keyword) { own_spelling(keyword, name) } else { name.to_owned() }
}

/// How a name of an own space stands in the index: no name of the language has a space in it without backticks.
pub(super) fn own_spelling(keyword: Keyword, name: &str) -> String {
    format!("{} {name}", keyword.word())
}

fn end_text(end: &ast::AllowEnd, item: Item<'_>) -> (String, Span) {
    match end {
        ast::AllowEnd::Thing(path) => (item.tree.path_text(path), path.span()),
        ast::AllowEnd::Network(network) => {
            let span = item.tree.exprs[*network].span;
            (span.slice(&item.tree.text).to_owned(), span)
        }
    }
}
