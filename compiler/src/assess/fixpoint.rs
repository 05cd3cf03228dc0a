//! The least fixpoint of an attack graph in a block of random worlds, in all views at once.
//!
//! In: a [`Course`], what its variables draw, the number of a block. Out: in which worlds each state is had and each step works.
//! Never: a step of a straight stretch visited twice; only circles go round until nothing changes.

use std::collections::VecDeque;
use std::ops::Range;

use super::chance_bits::worlds;
use super::course::{BarrierAt, Course, StateAt, StepAt, Stretch, VariableAt};
use super::view::{Side, View};
use crate::base::{Id, IndexVec};

/// Words of 64 worlds that are worked on together: enough that looking a step up costs little beside working it out.
pub const WORDS: usize = 8;

/// One bit per world of a block.
pub type Bits = [u64; WORDS];

/// No world of a block, and every one.
const EMPTY: Bits = [0; WORDS];
const FULL: Bits = [u64::MAX; WORDS];

/// In which worlds something is so, view by view.
pub type Seen<const VIEWS: usize> = [Bits; VIEWS];

/// What a variable's luck is drawn from.
pub struct Draw {
    pub key: u64,
    /// Its probability on either side.
    pub first: f64,
    pub second: f64,
}

/// In which worlds something is true, on either side.
#[derive(Clone, Copy)]
struct Luck {
    first: Bits,
    second: Bits,
}

impl Luck {
    const CERTAIN: Luck = Luck { first: FULL, second: FULL };

    fn and(&mut self, other: &Luck) {
        meet(&mut self.first, &other.first);
        meet(&mut self.second, &other.second);
    }

    fn without(&mut self, other: &Luck) {
        self.first = beyond(&self.first, &other.first);
        self.second = beyond(&self.second, &other.second);
    }

    fn seen(&self, view: View) -> Bits {
        match view.side() {
            Side::First => self.first,
            Side::Second => self.second,
        }
    }
}

/// A block of worlds as it is worked out. What is met first stands first, so that all of it is written and read in one walk.
pub struct Block<'a, const VIEWS: usize> {
    course: &'a Course<VIEWS>,
    draws: &'a IndexVec<VariableAt, Draw>,
    luck: IndexVec<VariableAt, Luck>,
    /// Where all members of a barrier hold.
    holds: IndexVec<BarrierAt, Luck>,
    had: IndexVec<StateAt, Seen<VIEWS>>,
}

impl<'a, const VIEWS: usize> Block<'a, VIEWS> {
    /// Room for a block, which may be used again and again.
    pub fn new(course: &'a Course<VIEWS>, draws: &'a IndexVec<VariableAt, Draw>) -> Block<'a, VIEWS> {
        Block { course, draws, luck: IndexVec::new(), holds: IndexVec::new(), had: IndexVec::new() }
    }

    /// In which worlds each state is had.
    pub fn had(&self) -> impl Iterator<Item = &Seen<VIEWS>> {
        self.had.iter()
    }

    /// In which worlds any of some states is had, view by view.
    pub fn any(&self, states: &[Vec<StateAt>; VIEWS]) -> Seen<VIEWS> {
        let mut any = [EMPTY; VIEWS];
        for (view, (any, states)) in any.iter_mut().zip(states).enumerate() {
            for had in states.iter().filter_map(|state| self.had.find(*state)?.get(view)) {
                any.iter_mut().zip(had).for_each(|(any, had)| *any |= had);
            }
        }
        any
    }

    /// Works a block out, and tells in which worlds each step works.
    pub fn work_out(&mut self, number: usize, mut tell: impl FnMut(StepAt, &Seen<VIEWS>)) {
        self.luck.truncate(0);
        self.holds.truncate(0);
        self.had.truncate(0);
        let course = self.course;
        for stretch in &course.stretches {
            self.meet(number, stretch);
            if stretch.steps.len() > 1 {
                self.go_round(stretch.steps.clone(), &mut tell);
                continue;
            }
            for step in stretch.steps.clone().map(StepAt::from_index) {
                let works = self.works(step, self.open(step));
                tell(step, &works);
                for given in course.gives.at(step.index()) {
                    self.give(*given, &works);
                }
            }
        }
    }

    /// Draws the luck of what a stretch is the first to ask for.
    fn meet(&mut self, number: usize, stretch: &Stretch) {
        while self.luck.len() < stretch.variables {
            let drawn = self.draw(number, self.luck.next_id());
            self.luck.push(drawn);
        }
        while self.holds.len() < stretch.barriers {
            let mut holds = Luck::CERTAIN;
            for member in self.course.members.at(self.holds.len()) {
                holds.and(&self.luck[*member]);
            }
            self.holds.push(holds);
        }
        while self.had.len() < stretch.states {
            self.had.push([EMPTY; VIEWS]);
        }
    }

    fn draw(&self, number: usize, variable: VariableAt) -> Luck {
        let draw = &self.draws[variable];
        let drawn = |p: f64| std::array::from_fn(|at| worlds(draw.key, (number * WORDS + at) as u64, p));
        let first = drawn(draw.first);
        let second = if draw.second == draw.first { first } else { drawn(draw.second) };
        Luck { first, second }
    }

    /// Steps that need each other, until nothing changes. First in, first out: a priority queue visits long circles many times
    /// more.
    fn go_round(&mut self, steps: Range<usize>, tell: &mut impl FnMut(StepAt, &Seen<VIEWS>)) {
        let course = self.course;
        let first = steps.start;
        let open: Vec<Seen<VIEWS>> = steps.clone().map(|step| self.open(StepAt::from_index(step))).collect();
        let works = |block: &Self, at: usize| {
            open.get(at).map(|open| block.works(StepAt::from_index(first + at), *open))
        };
        let mut waiting = vec![true; steps.len()];
        let mut queue: VecDeque<usize> = (0..steps.len()).collect();
        while let Some(at) = queue.pop_front() {
            waiting.get_mut(at).into_iter().for_each(|waits| *waits = false);
            let Some(works) = works(self, at) else { continue };
            for given in course.gives.at(first + at) {
                if !self.give(*given, &works) {
                    continue;
                }
                for next in course.dependents.at(given.index()) {
                    // Steps behind the circle come later anyway.
                    let Some(next) = next.index().checked_sub(first) else { continue };
                    if let Some(waits) = waiting.get_mut(next)
                        && !*waits
                    {
                        *waits = true;
                        queue.push_back(next);
                    }
                }
            }
        }
        for at in 0..steps.len() {
            if let Some(works) = works(self, at) {
                tell(StepAt::from_index(first + at), &works);
            }
        }
    }

    /// In which worlds a step works once its needs are met: its chances are true, and no barrier holds.
    fn open(&self, step: StepAt) -> Seen<VIEWS> {
        let mut lucky = Luck::CERTAIN;
        for chance in self.course.chances.at(step.index()) {
            lucky.and(&self.luck[*chance]);
        }
        let mut clear = lucky;
        for barrier in self.course.barred.at(step.index()) {
            clear.without(&self.holds[*barrier]);
        }
        let mut open = [EMPTY; VIEWS];
        for ((open, view), counts) in open.iter_mut().zip(self.course.views).zip(self.course.seen[step]) {
            if counts {
                *open = if view.has_barriers() { &clear } else { &lucky }.seen(view);
            }
        }
        open
    }

    /// In which worlds a step works that is `open`.
    fn works(&self, step: StepAt, open: Seen<VIEWS>) -> Seen<VIEWS> {
        let mut works = open;
        for need in self.course.needs.at(step.index()) {
            works.iter_mut().zip(&self.had[*need]).for_each(|(works, had)| meet(works, had));
        }
        works
    }

    /// Gives a state, and says whether that was news anywhere.
    fn give(&mut self, state: StateAt, works: &Seen<VIEWS>) -> bool {
        let mut fresh = 0;
        for (had, works) in self.had[state].iter_mut().zip(works) {
            for (had, works) in had.iter_mut().zip(works) {
                fresh |= works & !*had;
                *had |= works;
            }
        }
        fresh != 0
    }
}

/// How many worlds there are.
pub fn ones(bits: &Bits) -> u32 {
    bits.iter().map(|word| word.count_ones()).sum()
}

fn meet(bits: &mut Bits, other: &Bits) {
    bits.iter_mut().zip(other).for_each(|(bits, other)| *bits &= other);
}

/// What is in the first and not in the second.
fn beyond(bits: &Bits, other: &Bits) -> Bits {
    let mut rest = *bits;
    rest.iter_mut().zip(other).for_each(|(rest, other)| *rest &= !other);
    rest
}
