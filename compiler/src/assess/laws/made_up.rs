//! Products made up at random, each with what a law may add to it.
//!
//! In: the choices of proptest. Out: a [`Case`]. Never: a case that another run would not make up again.

use std::cell::OnceCell;

use proptest::prelude::{Strategy, any, prop};

use super::assessed::{Seen, seen, seen_with};
use super::sketch::{Allow, Component, Control, Finding, Flow, Grant, NOTICES, Sketch};
use super::worlds;

/// A product, what laws add to it, and what is known of it.
pub struct Case {
    pub sketch: Sketch,
    pub more: More,
    base: OnceCell<Seen>,
    added: OnceCell<Seen>,
    bare: OnceCell<Seen>,
}

/// What laws add, and where they cut.
#[derive(Clone, Debug)]
pub struct More {
    pub control: Control,
    pub flow: Flow,
    pub finding: Finding,
    pub grant: Grant,
    pub allow: Allow,
    pub at: usize,
}

impl Case {
    pub fn new((sketch, more): (Sketch, More)) -> Case {
        Case { sketch, more, base: OnceCell::new(), added: OnceCell::new(), bare: OnceCell::new() }
    }

    /// The product as it is, assessed once for all laws.
    pub fn base(&self) -> &Seen {
        self.base.get_or_init(|| seen(&self.sketch.declarations()))
    }

    /// The product with one more control.
    pub fn added(&self) -> &Seen {
        self.added.get_or_init(|| {
            let mut sketch = self.sketch.clone();
            sketch.controls.push(self.more.control.clone());
            seen(&sketch.declarations())
        })
    }

    /// The product without controls, in many worlds.
    pub fn bare(&self) -> &Seen {
        self.bare.get_or_init(|| {
            let bare = Sketch { controls: Vec::new(), ..self.sketch.clone() };
            seen_with(&[bare.declarations().join("\n")], &worlds::many())
        })
    }

    /// One of the components.
    pub fn component(&self) -> usize {
        self.more.at % self.sketch.components.len()
    }
}

/// Products with what may be added.
pub fn cases() -> impl Strategy<Value = (Sketch, More)> {
    (sketches(), more())
}

fn sketches() -> impl Strategy<Value = Sketch> {
    (
        prop::collection::vec(components(), 2..6),
        prop::collection::vec(flows(), 1..12),
        prop::collection::vec(controls(), 0..6),
        prop::collection::vec(findings(), 0..3),
        prop::collection::vec(grants(), 0..3),
        prop::collection::vec(allows(), 0..4),
        prop::bool::weighted(0.4),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(components, flows, controls, findings, grants, allows, has_staging, shares, is_supplied)| {
                Sketch {
                    components,
                    flows,
                    controls,
                    findings,
                    grants,
                    allows,
                    has_staging,
                    shares,
                    is_supplied,
                    is_renamed: false,
                }
            },
        )
}

fn more() -> impl Strategy<Value = More> {
    (controls(), flows(), findings(), grants(), allows(), 0..64_usize).prop_map(
        |(control, flow, finding, grant, allow, at)| More { control, flow, finding, grant, allow, at },
    )
}

fn components() -> impl Strategy<Value = Component> {
    (0..5_u8, 0..5_u8, any::<bool>(), 0..8_u8, any::<bool>()).prop_map(
        |(kind, authz, stores, zone, runs_as)| Component { kind, authz, stores, zone: zone.min(5), runs_as },
    )
}

fn flows() -> impl Strategy<Value = Flow> {
    (0..9_usize, 0..9_usize, 0..5_u8, 0..4_u8, any::<bool>(), any::<bool>()).prop_map(
        |(from, to, authn, replay, carries, forwards)| Flow { from, to, authn, replay, carries, forwards },
    )
}

fn controls() -> impl Strategy<Value = Control> {
    (0..14_u8, 0..9_usize, 0..5_u8, any::<bool>(), any::<bool>()).prop_map(
        |(kind, on, evidence, covers_all, grouped)| Control {
            kind: if kind < 11 { kind } else { NOTICES },
            on,
            evidence,
            covers_all,
            grouped,
        },
    )
}

fn findings() -> impl Strategy<Value = Finding> {
    (0..9_usize, 0..2_u8, 0..3_u8, 0..4_u8, 0..2_u8, 0..2_u8).prop_map(
        |(on, flaw, feasible, effect, entry, reachability)| Finding {
            on,
            flaw,
            feasible,
            effect,
            entry,
            reachability,
        },
    )
}

fn grants() -> impl Strategy<Value = Grant> {
    (0..9_usize, 0..4_u8, any::<bool>()).prop_map(|(on, action, human)| Grant { on, action, human })
}

fn allows() -> impl Strategy<Value = Allow> {
    (0..16_usize, 0..16_usize, 0..6_u8).prop_map(|(from, to, over)| Allow { from, to, over })
}
