//! Faults of the compiler that have a name, so that tests can show that they would be noticed.
//!
//! In: the fault that a test puts in force on its thread. Out: whether a place is to go wrong. Never: a fault outside tests;
//! there every question is answered with no before the program runs.

/// A way to get the risk model wrong. Which law notices it is said in `assess/laws/faults.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Worlds look at no guard.
    GuardsAreIgnored,
    /// A step keeps only the last of its guards.
    LastGuardCounts,
    /// A control has new luck at every step that it guards.
    ControlIsCreditedTwice,
    /// Full evidence counts as none.
    FullEvidenceIsLost,
    /// Full coverage counts as none.
    FullCoverageIsLost,
    /// Evidence that has run out counts as before.
    ExpiredCountsFully,
    /// Controls of a group do not fail together.
    GroupIsForgotten,
    /// Controls of a deployment do not fail together.
    DeploymentIsForgotten,
    /// Recovery leaves as little as it likes.
    RecoveryIsUnbounded,
    /// Where steps give a cause different probabilities, the last one counts.
    LastChanceCounts,
    /// Of the openings of a deployment only the last one counts.
    LastOpeningCounts,
    /// A flow takes no part where openings let it through nowhere.
    UnopenedIsShut,
    /// Of the steps that give a state only the last one counts.
    LastStepCounts,
    /// A native mitigation holds off as much as it should let through.
    StrengthIsWeakness,
    /// What nobody said is taken to be absent even where it is to be at its best.
    UnsetIsAbsent,
    /// Inherent risk still knows the controls.
    InherentKeepsGuards,
    /// The strongest attack meets no guard.
    StrongestMeetsNoGuard,
    /// The ways to a state are taken for independent.
    #[cfg(test)]
    NoisyOr,
    /// Each step has a cause of its own.
    OneCausePerStep,
    /// The ends of what a strength may be are those of a chance.
    StrengthIsTakenForChance,
    /// A band looks at the impact beside the risk.
    BandLooksAtImpact,
    /// Luck hangs on the number of a declaration.
    LuckHangsOnOrder,
    /// Luck hangs on how long a name is.
    LuckHangsOnLength,
    /// Luck hangs on the number of threads.
    LuckHangsOnThreads,
    /// Everything is taken to be shared by all deployments.
    EverythingIsShared,
    /// Components fall apart that share a trust cell.
    CellsAreForgotten,
    /// What was accepted counts less.
    AcceptanceLowers,
}

#[cfg(test)]
thread_local! {
    static IN_FORCE: std::cell::Cell<Option<Fault>> = const { std::cell::Cell::new(None) };
}

/// Whether a fault is in force on this thread.
#[cfg(test)]
pub fn is(fault: Fault) -> bool {
    IN_FORCE.get() == Some(fault)
}

/// Whether a fault is in force: outside tests none is.
#[cfg(not(test))]
pub const fn is(_: Fault) -> bool {
    false
}

/// What comes of something while a fault is in force.
#[cfg(test)]
pub fn during<T>(fault: Fault, done: impl FnOnce() -> T) -> T {
    IN_FORCE.set(Some(fault));
    let came = done();
    IN_FORCE.set(None);
    came
}
