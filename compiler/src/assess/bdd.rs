//! Conditions over chance as binary decision diagrams (Bryant 1986, *Graph-based algorithms for Boolean function manipulation*).
//!
//! In: variables by their place in an order, and how conditions are put together. Out: conditions, each stored once, and their
//! exact probabilities. Never: recursion, since a diagram may be as deep as an attack is long; more nodes than were allowed.

use rustc_hash::FxHashMap;

use crate::base::{Id, IndexVec};

crate::new_id! {
    /// A condition over chance. Equal conditions of one diagram are the same number.
    Condition
}
crate::new_id! {
    /// Where a variable stands in the order; the first decides first.
    Level
}

impl Condition {
    /// What never holds.
    pub const NEVER: Condition = Condition(0);
    /// What always holds.
    pub const ALWAYS: Condition = Condition(1);
}

/// The diagram needs more nodes than were allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

/// A node: the variable decides which of two conditions holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Decision {
    level: Level,
    otherwise: Condition,
    then: Condition,
}

/// `if condition then … otherwise …`, which is how all conditions are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Choice {
    condition: Condition,
    then: Condition,
    otherwise: Condition,
}

/// What is still to be done for a choice.
enum Task {
    /// Work it out.
    Solve(Choice),
    /// Put its two halves together, which were worked out last.
    Join(Level, Choice),
}

/// Conditions that share what they have in common.
#[derive(Debug)]
pub struct Diagram {
    decisions: IndexVec<Condition, Decision>,
    by_decision: FxHashMap<Decision, Condition>,
    /// What was worked out. It grows at least as fast as the decisions, and is what the budget counts.
    by_choice: FxHashMap<Choice, Condition>,
    most: usize,
}

impl Diagram {
    /// An empty one, which may work out `most` nodes.
    pub fn new(most: usize) -> Diagram {
        // The two leaves stand behind every variable.
        let leaf = |itself| Decision { level: Level(u32::MAX), otherwise: itself, then: itself };
        Diagram {
            decisions: [Condition::NEVER, Condition::ALWAYS].into_iter().map(leaf).collect(),
            by_decision: FxHashMap::default(),
            by_choice: FxHashMap::default(),
            most,
        }
    }

    /// The condition that a variable is true.
    pub fn variable(&mut self, level: Level) -> Condition {
        self.decision(Decision { level, otherwise: Condition::NEVER, then: Condition::ALWAYS })
    }

    /// Where both hold.
    pub fn and(&mut self, a: Condition, b: Condition) -> Result<Condition, TooLarge> {
        let (a, b) = (a.min(b), a.max(b));
        self.choose(Choice { condition: a, then: b, otherwise: Condition::NEVER })
    }

    /// Where either holds.
    pub fn or(&mut self, a: Condition, b: Condition) -> Result<Condition, TooLarge> {
        let (a, b) = (a.min(b), a.max(b));
        self.choose(Choice { condition: a, then: Condition::ALWAYS, otherwise: b })
    }

    /// Where the first holds and the second does not.
    pub fn without(&mut self, a: Condition, b: Condition) -> Result<Condition, TooLarge> {
        self.choose(Choice { condition: b, then: Condition::NEVER, otherwise: a })
    }

    /// The probability of a condition, given that of each variable.
    pub fn probability(&self, of: Condition, chance: impl Fn(Level) -> f64) -> f64 {
        let mut all: IndexVec<Condition, f64> = [0.0, 1.0].into_iter().collect();
        // A decision stands behind those that it leads to.
        for decision in self.decisions.iter().skip(all.len()).take((of.index() + 1).saturating_sub(all.len()))
        {
            let chance = chance(decision.level);
            let probability = chance * all[decision.then] + (1.0 - chance) * all[decision.otherwise];
            all.push(probability);
        }
        all[of]
    }

    fn choose(&mut self, choice: Choice) -> Result<Condition, TooLarge> {
        let mut tasks = vec![Task::Solve(choice)];
        let mut solved: Vec<Condition> = Vec::new();
        while let Some(task) = tasks.pop() {
            match task {
                Task::Solve(choice) => match self.known(choice) {
                    Some(known) => solved.push(known),
                    None => {
                        let level = self.first_level(choice);
                        tasks.push(Task::Join(level, choice));
                        tasks.push(Task::Solve(self.half(choice, level, |decision| decision.then)));
                        tasks.push(Task::Solve(self.half(choice, level, |decision| decision.otherwise)));
                    }
                },
                Task::Join(level, choice) => {
                    let (Some(then), Some(otherwise)) = (solved.pop(), solved.pop()) else { break };
                    if self.by_choice.len() >= self.most {
                        return Err(TooLarge);
                    }
                    let joined = self.decision(Decision { level, otherwise, then });
                    self.by_choice.insert(choice, joined);
                    solved.push(joined);
                }
            }
        }
        solved.pop().ok_or(TooLarge)
    }

    /// What a choice comes to without looking any deeper.
    fn known(&self, choice: Choice) -> Option<Condition> {
        match choice {
            Choice { condition: Condition::ALWAYS, then, .. } => Some(then),
            Choice { condition: Condition::NEVER, otherwise, .. } => Some(otherwise),
            Choice { then, otherwise, .. } if then == otherwise => Some(then),
            Choice { condition, then: Condition::ALWAYS, otherwise: Condition::NEVER } => Some(condition),
            // Where both sides are one condition, it decides by itself.
            Choice { condition, then, otherwise: Condition::NEVER } if condition == then => Some(condition),
            Choice { condition, then: Condition::ALWAYS, otherwise } if condition == otherwise => {
                Some(condition)
            }
            Choice { condition, then: Condition::NEVER, otherwise } if condition == otherwise => {
                Some(Condition::NEVER)
            }
            _ => self.by_choice.get(&choice).copied(),
        }
    }

    fn first_level(&self, choice: Choice) -> Level {
        let level = |condition| self.decisions[condition].level;
        level(choice.condition).min(level(choice.then)).min(level(choice.otherwise))
    }

    /// A choice once a variable is decided.
    fn half(&self, choice: Choice, level: Level, side: impl Fn(&Decision) -> Condition) -> Choice {
        let decided = |condition| {
            let decision = &self.decisions[condition];
            if decision.level == level { side(decision) } else { condition }
        };
        Choice {
            condition: decided(choice.condition),
            then: decided(choice.then),
            otherwise: decided(choice.otherwise),
        }
    }

    /// A decision, stored once; one that decides nothing is none.
    fn decision(&mut self, decision: Decision) -> Condition {
        if decision.then == decision.otherwise {
            return decision.then;
        }
        *self.by_decision.entry(decision).or_insert_with(|| self.decisions.push(decision))
    }
}

#[cfg(test)]
mod tests {
    use super::{Condition, Diagram, Level, TooLarge};

    const MOST: usize = 1_000_000;

    #[test]
    fn what_is_shared_counts_once() {
        let mut diagram = Diagram::new(MOST);
        let [a, b, c] = [0, 1, 2].map(|level| diagram.variable(Level(level)));
        let ab = diagram.and(a, b).unwrap();
        let ac = diagram.and(a, c).unwrap();
        let either = diagram.or(ab, ac).unwrap();
        assert_eq!(diagram.probability(either, |_| 0.5), 0.375);
        let both = diagram.or(b, c).and_then(|or| diagram.and(a, or)).unwrap();
        assert_eq!(either, both, "equal conditions are one");
    }

    #[test]
    fn without_is_the_rest() {
        let mut diagram = Diagram::new(MOST);
        let [a, b] = [0, 1].map(|level| diagram.variable(Level(level)));
        let rest = diagram.without(a, b).unwrap();
        assert_eq!(diagram.probability(rest, |level| if level == Level(0) { 0.5 } else { 0.25 }), 0.375);
        assert_eq!(diagram.without(a, a), Ok(Condition::NEVER));
        let all = diagram.or(rest, b).unwrap();
        assert_eq!(diagram.or(a, b), Ok(all));
    }

    #[test]
    fn a_long_chain_needs_no_recursion() {
        let mut diagram = Diagram::new(MOST);
        let mut all = Condition::ALWAYS;
        for level in (0..200_000).rev() {
            let next = diagram.variable(Level(level));
            all = diagram.and(next, all).unwrap();
        }
        let last = diagram.variable(Level(200_000));
        assert!(diagram.and(all, last).is_ok());
        assert_eq!(diagram.probability(all, |_| 1.0), 1.0);
    }

    #[test]
    fn a_budget_holds() {
        // Pairs of variables that stand far apart: the order that makes diagrams exponential.
        let mut diagram = Diagram::new(1_000);
        let mut any = Condition::NEVER;
        let mut pairs = (0..20).map(|at| {
            let (first, second) = (diagram.variable(Level(at)), diagram.variable(Level(at + 20)));
            let pair = diagram.and(first, second)?;
            any = diagram.or(any, pair)?;
            Ok(())
        });
        assert_eq!(pairs.find(Result::is_err), Some(Err(TooLarge)));
    }
}
