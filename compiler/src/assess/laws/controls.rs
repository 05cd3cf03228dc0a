//! Laws of controls: more of them, better shown or wider, never raise a risk, and paper earns only so much (P1, P8, P11).

use super::Law;
use super::assessed::{Seen, Verdict, check, losses, named, seen, seen_with, value, weaknesses};
use super::made_up::Case;
use super::sketch::{CONTROLS, Control, Sketch};
use super::worlds;
use crate::assess::Risk;

pub const ADDED: Law = Law { says: "P1: a control that is added raises no risk", holds: added };
pub const SHOWN: Law = Law { says: "P1: better evidence raises no risk", holds: shown };
pub const WIDENED: Law = Law { says: "P1: wider coverage raises no risk", holds: widened };
pub const EXPIRED: Law = Law { says: "P8: evidence that has run out counts as a claim", holds: expired };
pub const ONCE: Law = Law { says: "P11: a control earns what it holds off, once", holds: once };
pub const HUNDREDFOLD: Law = Law { says: "P11: all controls earn a hundredfold at most", holds: hundredfold };
pub const GROUP: Law = Law { says: "P11: controls of one group earn twentyfold at most", holds: group };
pub const RECOVERY: Law = Law { says: "P11: recovery earns tenfold at most", holds: recovery };

pub const ALL: &[Law] = &[ADDED, SHOWN, WIDENED, EXPIRED, ONCE, HUNDREDFOLD, GROUP, RECOVERY];

/// The product with other controls.
fn controlled(case: &Case, controls: Vec<Control>) -> Seen {
    seen(&Sketch { controls, ..case.sketch.clone() }.declarations())
}

/// The controls of a case and the one more, as a law wants them.
fn with_more(case: &Case, change: impl Fn(&Control) -> Control) -> Vec<Control> {
    case.sketch.controls.iter().chain([&case.more.control]).map(change).collect()
}

/// No loss and no weakness is higher in `after`, however it is looked at.
fn nothing_rises(before: &Seen, after: &Seen) -> Verdict {
    for (one, other) in before.deployments.iter().zip(&after.deployments) {
        for (before_values, after_values) in
            [(losses(one), losses(other)), (weaknesses(one), weaknesses(other))]
        {
            for (id, numbers) in &after_values {
                let old = named(&value(&before_values, id));
                for ((view, risk), (_, old)) in named(numbers).into_iter().zip(old) {
                    check(risk.value() <= old.value(), || {
                        let (old, new) = (old.value(), risk.value());
                        format!("{id}, {view}: {old} rose to {new}\n{}\n---\n{}", before.text, after.text)
                    })?;
                }
            }
        }
        check(other.serious <= one.serious, || "any serious loss rose".to_owned())?;
    }
    Ok(())
}

fn added(case: &Case) -> Verdict {
    nothing_rises(case.base(), case.added())
}

fn shown(case: &Case) -> Verdict {
    let at_best = |control: &Control| Control { evidence: 4, ..control.clone() };
    nothing_rises(case.added(), &controlled(case, with_more(case, at_best)))
}

fn widened(case: &Case) -> Verdict {
    let whole = |control: &Control| Control { covers_all: true, ..control.clone() };
    let all = controlled(case, with_more(case, whole));
    nothing_rises(case.added(), &all)?;
    // What protects nothing by name protects everything.
    let everywhere = |control: &Control| Control { on: 0, ..whole(control) };
    nothing_rises(&all, &controlled(case, with_more(case, everywhere)))
}

fn expired(case: &Case) -> Verdict {
    let dated = |evidence: &str, verified: &str| {
        let mut declarations = case.sketch.declarations();
        declarations.extend(["SecureSdlc", "Waf"].map(|kind| {
            format!("control old-{kind}: control.{kind} {{ evidence = {evidence}; verified = {verified} }}")
        }));
        seen(&declarations)
    };
    super::assessed::nothing_changes(&dated("tested", "2021-01-01"), &dated("claimed", "2026-11-01"))
}

/// By how much the likelihood of each loss may fall at most, in worlds where counting has an error of its own.
fn earns_at_most(bare: &Seen, guarded: &Seen, share: f64) -> Verdict {
    for (one, other) in bare.deployments.iter().zip(&guarded.deployments) {
        let left = losses(other);
        for (id, numbers) in losses(one) {
            let (before, after) = (numbers.residual.likelihood, value(&left, &id).residual.likelihood);
            let least = before * share;
            check(after >= least - worlds::error(least), || {
                format!(
                    "{id}: {before} became {after}, less than {share} of it\n{}\n---\n{}",
                    bare.text, guarded.text
                )
            })?;
        }
    }
    Ok(())
}

fn sampled(case: &Case, controls: Vec<Control>) -> Seen {
    let sketch = Sketch { controls, ..case.sketch.clone() };
    seen_with(&[sketch.declarations().join("\n")], &worlds::many())
}

fn once(case: &Case) -> Verdict {
    // A preventing control on everything, at its best: 0.85, or 0.6 where its class is moderate.
    let (kind, effective) = if case.more.at.is_multiple_of(2) { (2, 0.85) } else { (3, 0.6) };
    let control = Control { kind, on: 0, evidence: 4, covers_all: true, grouped: false };
    let controls = case.sketch.controls.iter().cloned().chain([control]).collect();
    earns_at_most(&sampled(case, case.sketch.controls.clone()), &sampled(case, controls), 1.0 - effective)
}

/// Every preventing kind on everything.
fn paper(grouped: bool) -> Vec<Control> {
    let kinds = 0..super::sketch::RECOVERING;
    let control = |kind: u8| Control { kind, on: 0, evidence: 4, covers_all: true, grouped };
    // Three of each: what one lets through another one may hold off.
    std::iter::repeat_n(kinds, 3).flatten().map(control).collect()
}

fn hundredfold(case: &Case) -> Verdict {
    earns_at_most(case.bare(), &sampled(case, paper(false)), 0.01)
}

fn group(case: &Case) -> Verdict {
    earns_at_most(case.bare(), &sampled(case, paper(true)), 0.05)
}

fn recovery(case: &Case) -> Verdict {
    let recovering = usize::from(super::sketch::RECOVERING)..CONTROLS.len();
    let control =
        |kind: usize| Control { kind: kind as u8, on: 0, evidence: 4, covers_all: true, grouped: false };
    let controls = recovering.clone().chain(recovering).map(control).collect();
    let saved = controlled(case, controls);
    for (one, other) in case.bare().deployments.iter().zip(&saved.deployments) {
        let left = losses(other);
        for (id, numbers) in losses(one) {
            let impact = |risk: Risk| risk.impact;
            let (before, after) = (impact(numbers.residual), impact(value(&left, &id).residual));
            check(after >= before * 0.1 * (1.0 - 1e-12), || {
                format!("{id}: the impact {before} became {after}")
            })?;
        }
    }
    Ok(())
}
