//! Calls: functions of the vocabulary, states, losses, steps.

use super::{Frame, error};
use crate::base::{Place, Span, nearest};
use crate::model::lower::Lower;
use crate::model::rule_errors;
use crate::model::{Expr, ExprKind, Function, Keyword, StepId, ThingClass, ThingType, Type, errors};
use crate::syntax::ast::{self, Argument, ExprId};

/// What is called, with the package that it is in.
pub(super) struct Callee {
    /// `reach`, `platform.reach`.
    spelling: String,
    span: Span,
}

impl Callee {
    pub(super) fn of(tree: &ast::File, package: Option<ast::Ident>, name: ast::Ident) -> Callee {
        match package {
            Some(package) => Callee {
                spelling: format!("{}.{}", tree.text(package), tree.text(name)),
                span: package.span.to(name.span),
            },
            None => Callee { spelling: tree.text(name).to_owned(), span: name.span },
        }
    }
}

impl Lower {
    pub(super) fn call(
        &mut self,
        frame: &mut Frame<'_>,
        callee: &Callee,
        args: &[Argument],
        place: Place,
    ) -> Expr {
        let Callee { spelling, span } = callee;
        let name = self.intern_text(spelling);
        if let Some(function) = Function::find(spelling) {
            return self.function(frame, function, args, place);
        }
        if let Some(state) = self.model.index.states.get(&name).copied() {
            let params = self.model.states[state].params.clone();
            let types: Vec<Type> = params.iter().map(|(_, ty)| ty.clone()).collect();
            let args = self.arguments(frame, spelling, &types, args, place);
            return Expr { kind: ExprKind::State(state, args), ty: Type::State, place };
        }
        if let Some(loss) = self.model.index.losses.get(&name).copied() {
            let args: Vec<Expr> = args.iter().map(|arg| self.expr(frame, arg.value, None)).collect();
            return Expr { kind: ExprKind::Loss(loss, args), ty: Type::Risk, place };
        }
        let functions = Function::ALL.iter().map(|function| function.word());
        let states = self.model.index.states.keys().map(|name| self.model.names.text(*name));
        let near = nearest(spelling, functions.chain(states)).map(str::to_owned);
        let problem = errors::unknown_function(spelling, near.as_deref(), frame.place(*span));
        let problem = self.about_packages(problem, spelling, frame.item);
        self.problems.push(problem);
        error(place)
    }

    /// Arguments against parameter types; a list stands for each of its members.
    fn arguments(
        &mut self,
        frame: &mut Frame<'_>,
        name: &str,
        params: &[Type],
        args: &[Argument],
        place: Place,
    ) -> Vec<Expr> {
        if args.len() != params.len() {
            let shown: Vec<String> = params.iter().map(|ty| self.describe(ty)).collect();
            self.problems.push(errors::wrong_arguments(name, &shown.join(", "), place));
        }
        let mut typed = Vec::new();
        for (arg, ty) in args.iter().zip(params) {
            let expr = self.expr(frame, arg.value, Some(ty));
            let found = match &expr.ty {
                Type::List(member) => member,
                other => other,
            };
            if !self.fits(found, ty) {
                let (expected, found) = (self.describe(ty), self.describe_found(found));
                self.problems.push(errors::wrong_type(&expected, &found, expr.place));
            }
            typed.push(expr);
        }
        typed
    }

    fn function(
        &mut self,
        frame: &mut Frame<'_>,
        function: Function,
        args: &[Argument],
        place: Place,
    ) -> Expr {
        use Function as F;
        let (least, most) = match function {
            F::Reaches => (2, 3),
            F::Path | F::Covered | F::Ever | F::Serves | F::Lets => (2, 2),
            F::Can => (3, 3),
            F::Score | F::Established | F::Likelihood | F::Inherent | F::BandOf | F::CodeOnly => (1, 2),
            _ => (1, 1),
        };
        if !(least..=most).contains(&args.len()) {
            self.problems.push(errors::wrong_arguments(function.word(), function.params(), place));
            return error(place);
        }
        let mut typed: Vec<Expr> = Vec::new();
        for (at, arg) in args.iter().enumerate() {
            let expected = self.parameter(function, at);
            let expr = self.expr(frame, arg.value, expected.as_ref());
            typed.push(self.argument(function, at, expr));
        }
        let ty = self.result(function, &typed);
        Expr { kind: ExprKind::Call { function, args: typed }, ty, place }
    }

    /// What a bare word in a function's argument means.
    fn parameter(&self, function: Function, at: usize) -> Option<Type> {
        use Function as F;
        match (function, at) {
            (F::Can, 1) => {
                self.model.index.enums.get(&self.model.words.Action).map(|action| Type::Enum(*action))
            }
            (F::Score | F::Established | F::Likelihood | F::Inherent | F::BandOf | F::CodeOnly, 0) => {
                Some(Type::Risk)
            }
            (F::Serves, 1) => Some(Type::Protocol),
            _ => None,
        }
    }

    /// Checks one argument; a kind where a list of its things makes no sense is the kind itself.
    fn argument(&mut self, function: Function, at: usize, expr: Expr) -> Expr {
        use Function as F;
        let place = expr.place;
        let wrong = |this: &mut Self, expected: &str, expr: &Expr| {
            let found = this.describe_found(&expr.ty);
            this.problems.push(errors::wrong_type(expected, &found, expr.place));
        };
        match (function, at) {
            (F::Count | F::Max | F::Min | F::Sum, _) => {
                self.member_type(&expr);
            }
            (F::Ever, _) => {
                let expected = if at == 0 { Type::Percent } else { Type::Int };
                if !self.fits(&expr.ty, &expected) {
                    let expected = self.describe(&expected);
                    wrong(self, &expected, &expr);
                }
            }
            (F::Known | F::Strength, _)
                if !matches!(expr.kind, ExprKind::Attribute { .. } | ExprKind::Error) =>
            {
                wrong(self, "an attribute such as `f.encryption`", &expr);
            }
            (F::Covered, 1) => {
                if let ExprKind::All(things) = &expr.kind
                    && let [ThingClass::Kind(kind)] = things.alternatives.as_slice()
                    && self.model.kinds[*kind].root == Keyword::Control
                {
                    return Expr { kind: ExprKind::Kind(*kind), ty: Type::Error, place };
                }
                wrong(self, "a kind of control", &expr);
            }
            (F::Serves, 1) if !matches!(expr.ty, Type::Protocol | Type::Error) => {
                wrong(self, "a protocol", &expr);
            }
            (F::Can | F::Serves, 1) | (F::Known | F::Strength, _) => {}
            (F::Score | F::Established | F::Likelihood | F::Inherent | F::BandOf | F::CodeOnly, _) => {
                if !matches!(expr.ty, Type::Risk | Type::Thing(_) | Type::Error) {
                    wrong(self, "a loss, a rule or a thing", &expr);
                }
            }
            _ if matches!(expr.ty, Type::Thing(_) | Type::Error) => {}
            _ => wrong(self, "a thing", &expr),
        }
        expr
    }

    fn result(&mut self, function: Function, args: &[Expr]) -> Type {
        use Function as F;
        let list = |keyword: Keyword| Type::List(Box::new(Type::Thing(ThingType::keyword(keyword))));
        let words = self.model.words.clone();
        let declared = |this: &mut Self, keyword: Keyword, name| {
            let root = this.root_kind(keyword);
            this.model.kinds[root].attributes.get(&name).map_or(Type::Error, |attribute| attribute.ty.clone())
        };
        match function {
            F::Count => Type::Int,
            F::Ever => Type::Percent,
            F::Max | F::Min | F::Sum => match args.first().map(|arg| &arg.ty) {
                Some(Type::List(member)) => (**member).clone(),
                _ => Type::Error,
            },
            F::Known
            | F::Crosses
            | F::Exposed
            | F::Reaches
            | F::Tainted
            | F::Can
            | F::Covered
            | F::Asked
            | F::Serves
            | F::Lets
            | F::Admitted => Type::Bool,
            F::Zones | F::Sources => list(Keyword::Zone),
            F::Members | F::Cellmates => list(Keyword::Component),
            F::Targets => Type::List(Box::new(Type::Thing(ThingType {
                alternatives: [Keyword::Component, Keyword::Integration].map(ThingClass::Keyword).to_vec(),
            }))),
            F::Handles => list(Keyword::Data),
            F::Findings => list(Keyword::Finding),
            F::Guards => list(Keyword::Control),
            F::Path | F::Granted => {
                let all = Keyword::ALL.iter().filter(|keyword| crate::model::kinds::is_thing(**keyword));
                let alternatives = all.map(|keyword| ThingClass::Keyword(*keyword)).collect();
                Type::List(Box::new(Type::Thing(ThingType { alternatives })))
            }
            F::Cell => Type::Text,
            F::Trust => declared(self, Keyword::Zone, words.trust),
            F::Confidentiality | F::Blast => declared(self, Keyword::Data, words.confidentiality),
            F::Integrity => declared(self, Keyword::Data, words.integrity),
            F::Availability => declared(self, Keyword::Data, words.availability),
            F::Strength | F::Share | F::Likelihood => Type::Percent,
            F::Score | F::Established | F::Inherent | F::CodeOnly => Type::Decimal,
            F::BandOf => {
                self.model.index.enums.get(&words.Band).map_or(Type::Error, |band| Type::Enum(*band))
            }
            F::Risks => Type::List(Box::new(Type::Risk)),
        }
    }

    /// `replay(f, d)` in `reports`: a step, each argument a thing or `any`.
    pub(in crate::model) fn step_call(&mut self, frame: &mut Frame<'_>, id: ExprId) -> Option<Expr> {
        let node = &frame.item.tree.exprs[id];
        let place = frame.place(node.span);
        let tree = frame.item.tree;
        let (callee, args): (Callee, &[Argument]) = match &node.kind {
            ast::ExprKind::Call { package, name, args } => (Callee::of(tree, *package, *name), args),
            ast::ExprKind::Name(name) => (Callee::of(tree, None, *name), &[]),
            ast::ExprKind::Member { base, name } if self.used_package(tree, *base).is_some() => {
                (Callee::of(tree, self.used_package(tree, *base), *name), &[])
            }
            ast::ExprKind::Missing => return None,
            _ => {
                self.problems.push(rule_errors::step_expected(place));
                return None;
            }
        };
        let Callee { spelling, span } = callee;
        let Some(step) = self.step_named(&spelling) else {
            let near =
                nearest(&spelling, self.model.index.steps.keys().map(|name| self.model.names.text(*name)));
            let near = near.map(str::to_owned);
            let problem = errors::unknown_rule("step", &spelling, near.as_deref(), frame.place(span));
            let problem = self.about_packages(problem, &spelling, frame.item);
            self.problems.push(problem);
            return None;
        };
        let args = args.iter().map(|arg| {
            let free = matches!(frame.item.tree.exprs[arg.value].kind, ast::ExprKind::Name(name) if frame.item.tree.text(name) == "any");
            (!free).then(|| self.expr(frame, arg.value, None))
        });
        let args: Vec<Option<Expr>> = args.collect();
        Some(Expr { kind: ExprKind::Step(step, args), ty: Type::Error, place })
    }

    /// The name of a package that is used, where an expression is one.
    fn used_package(&self, tree: &ast::File, id: ExprId) -> Option<ast::Ident> {
        let ast::ExprKind::Name(name) = tree.exprs[id].kind else { return None };
        self.model.packages.place_of_use(tree.text(name)).map(|_| name)
    }

    pub(in crate::model) fn step_named(&self, spelling: &str) -> Option<StepId> {
        let name = self.model.names.find(spelling)?;
        self.model.index.steps.get(&name).copied()
    }
}
