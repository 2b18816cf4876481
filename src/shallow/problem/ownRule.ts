import { AlignodeError, show } from '../../support/error.ts';
import { isBuiltIn, type Rule, rules } from './rules.ts';
import type { ResolvedProblem } from './types.ts';

/** The rules that `resolveProblem` has made of given ones. */
const resolved = new WeakSet<Rule>();

/**
 * A problem's rule as results keep it: the name of a built-in rule, or a frozen copy of the user's own rule, which JSON
 * writes as its name. With a copy, later changes to the given object change no result.
 */
export function resolveRule(rule: string | Rule): string | Rule {
  if (isBuiltIn(rule) || resolved.has(rule)) return rule;
  const { name, needsFeedback, sends } = rule;
  if (rules[name] === rule) return name;
  const own: Rule = { name, needsFeedback, signal: rule.signal.bind(rule), ...(sends && { sends }) };
  Object.defineProperty(own, 'toJSON', { value: () => name });
  Object.freeze(own);
  resolved.add(own);
  return own;
}

/** Tries a rule of one's own before any work is done: at the start of the student, and for three units. */
export function tryRule({ rule, student, feedback }: ResolvedProblem): void {
  if (isBuiltIn(rule)) return;
  const { name, signal, sends } = rule;
  const fail = (code: 'not-finite' | 'invalid-problem', what: string): never => {
    throw new AlignodeError(code, `rule: the signal of "${name}" ${what}`, { path: 'rule' });
  };
  const written = (v: readonly number[], F: readonly number[]): Float64Array => {
    const [lentV, lentF] = [Float64Array.from(v), Float64Array.from(F)];
    // Components that the rule does not write stay NaN.
    const f = new Float64Array(v.length).fill(Number.NaN);
    signal(lentV, lentF, f);
    if (!same(lentV, v) || !same(lentF, F)) fail('invalid-problem', 'changes v or F; it may write to f only');
    return f;
  };
  const F = feedback ?? [];
  const f = written(student.v, F);
  const k = f.findIndex((x) => !Number.isFinite(x));
  if (k >= 0)
    fail(
      'not-finite',
      `writes no finite number to f[${k}] at the start, where v = ${show(student.v)} and ` +
        (feedback
          ? `F = ${show(feedback)}`
          : 'F is empty, as the problem gives no feedback (a rule that needs it says needsFeedback: true)') +
        '; it must write every f[k], and what it returns is not looked at',
    );
  if (!same(written(student.v, F), f))
    fail('invalid-problem', 'writes another f when it is called again; f may depend on v and F only');
  // Kernels never call the signal of a rule that says what it sends.
  if (!sends) return;
  const others = { v: [0.3, -1.7, 0], F: [-0.6, 0.2, 1.1] };
  if (!same(f, { v: student.v, F }[sends]) || !same(written(others.v, others.F), others[sends]))
    fail('invalid-problem', `writes another f than ${sends}, which it says that it sends; leave "sends" out`);
}

const same = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  a.length === b.length && Array.prototype.every.call(a, (x, k) => Object.is(x, b[k]) || x === b[k]);
