//! Laws of the network: an opening only ever adds, the order of what a deployment holds means nothing, openings stay at home.

use std::collections::BTreeMap;

use super::Law;
use super::assessed::{Seen, Verdict, check, nothing_changes, seen};
use super::made_up::Case;
use super::sketch::{Allow, Sketch};
use crate::graph::{Product, Truth};
use crate::model::Keyword;

pub const GROWS: Law = Law { says: "network: an opening shuts nothing", holds: grows };
pub const TURNED: Law = Law { says: "network: the order in a deployment means nothing", holds: order };
pub const AT_HOME: Law = Law { says: "network: openings stay in their deployment", holds: at_home };

pub const ALL: &[Law] = &[GROWS, TURNED, AT_HOME];

/// How much of something is true: nothing, nobody knows, all.
fn rank(truth: Truth) -> u8 {
    match truth {
        Truth::False => 0,
        Truth::Unknown => 1,
        Truth::True => 2,
    }
}

/// What the network makes of the components and flows of the first deployment, by path.
fn ranks(seen: &Seen) -> [BTreeMap<String, u8>; 2] {
    let product = &seen.products[0];
    let of = |keyword: Keyword, truth: &dyn Fn(&Product, crate::model::ThingId) -> Truth| {
        let things = product.things(keyword).iter();
        things.map(|thing| (product.model.path(*thing).to_string(), rank(truth(product, *thing)))).collect()
    };
    [of(Keyword::Component, &Product::exposed), of(Keyword::Flow, &Product::admitted)]
}

/// An opening makes nothing less exposed, and nothing that was admitted shut. Where it is the first of its deployment, flows
/// begin to need one.
fn grows(case: &Case) -> Verdict {
    let mut more = case.sketch.clone();
    more.allows.push(case.more.allow);
    let after = seen(&more.declarations());
    let compared = if case.sketch.allows.is_empty() { 1 } else { 2 };
    for (less, more) in ranks(case.base()).into_iter().zip(ranks(&after)).take(compared) {
        for (path, rank) in less {
            check(more.get(&path).is_some_and(|other| *other >= rank), || {
                format!("{path}: {rank} became {more:?}\n{}", after.text)
            })?;
        }
    }
    Ok(())
}

/// The same with what stands in the deployment's body turned round.
fn turned(sketch: &Sketch) -> Vec<String> {
    let mut declarations = sketch.declarations();
    for declaration in &mut declarations {
        let Some(body) = declaration.strip_prefix("deployment production { ") else { continue };
        let body = body.strip_suffix('}').unwrap_or(body);
        let mut depth = 0_i32;
        let mut parts: Vec<String> = vec![String::new()];
        for letter in body.chars() {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            match parts.last_mut() {
                Some(last) if letter != ';' || depth > 0 => last.push(letter),
                _ => parts.push(String::new()),
            }
        }
        parts.reverse();
        *declaration = format!("deployment production {{ {} }}", parts.join(";"));
    }
    declarations
}

fn order(case: &Case) -> Verdict {
    let after = seen(&turned(&case.sketch));
    let (before, turned) = (ranks(case.base()), ranks(&after));
    check(before == turned, || format!("{before:?}\nbecame {turned:?}\n{}", after.text))?;
    nothing_changes(case.base(), &after)
}

/// A deployment with openings of its own that goes away changes no other.
fn at_home(case: &Case) -> Verdict {
    let sketch = Sketch { has_staging: false, shares: false, ..case.sketch.clone() };
    let alone = seen(&sketch.declarations());
    let mut declarations = sketch.declarations();
    let wild = Sketch { allows: vec![case.more.allow, Allow { from: 0, to: 9, over: 0 }], ..sketch };
    declarations.push(wild.deployment().replacen("production", "wild", 1));
    let both = seen(&declarations);
    check(ranks(&alone) == ranks(&both), || format!("{:?}\nbecame {:?}", ranks(&alone), ranks(&both)))?;
    nothing_changes(&alone, &both.first())
}
