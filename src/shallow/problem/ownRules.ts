import { AlignodeError, show } from '../../support/error.ts';
import { guarded } from './guarded.ts';
import { isBuiltIn, ownRules, type Rule } from './rules.ts';
import type { ResolvedProblem } from './types.ts';

const KEYS: readonly string[] = ['name', 'needsFeedback', 'signal', 'sends'] satisfies (keyof Rule)[];
const NAME = /^[A-Za-z][A-Za-z0-9_.+-]{0,63}$/;

/**
 * Makes a learning rule known in this process: its name then works in every problem. Defining a name again replaces what
 * one had defined before, as when the cell of a notebook is run again; what still trains students by that one fails.
 * Curves cost what they cost by the built-in rules; students are trained by the readable reference (unless the rule `sends`
 * v or F) and in one thread, since worker threads do not know the rule.
 *
 *     defineRule({
 *       name: 'mixture',
 *       needsFeedback: true,
 *       signal: (v, F, f) => {
 *         for (let k = 0; k < f.length; k++) f[k] = 0.5 * v[k] + 0.5 * F[k];
 *       },
 *     });
 */
export function defineRule(rule: Rule): void {
  const given = (rule ?? {}) as Partial<Rule>;
  for (const key of Object.keys(given))
    if (!KEYS.includes(key)) refuse(key, `there is no such key; the keys are ${KEYS.join(', ')}`);
  const { name, needsFeedback, signal, sends } = given;
  if (typeof name !== 'string' || !NAME.test(name))
    refuse(
      'name',
      `found ${show(name)}; use a letter and then up to 63 letters, digits or signs of "_", ".", "+", "-"`,
    );
  if (isBuiltIn(name)) refuse('name', `"${name}" is built in; use another name`);
  if (typeof needsFeedback !== 'boolean')
    refuse(
      'needsFeedback',
      `found ${show(needsFeedback)}; use true or false: whether a problem with this rule must give F`,
    );
  if (typeof signal !== 'function')
    refuse('signal', `found ${show(signal)}; use a function (v, F, f) that writes f`);
  if (sends !== undefined && sends !== 'v' && sends !== 'F')
    refuse('sends', `found ${show(sends)}; use "v" or "F", or leave it out`);
  if (sends === 'F' && !needsFeedback)
    refuse('needsFeedback', 'found false for a rule that sends "F"; use true');
  const own: Rule = { name, needsFeedback, signal: signal.bind(rule), ...(sends && { sends }) };
  if (sends && !keepsItsWord(own, sends))
    refuse('sends', `found "${sends}", but signal writes another f than ${sends}; leave it out`);
  ownRules.set(name, { ...own, signal: guarded(own) });
}

/** Kernels never ask a rule that says what it sends: a wrong word is found here, or by `guarded` at some other v. */
function keepsItsWord({ signal }: Rule, sends: 'v' | 'F'): boolean {
  const v = Float64Array.of(0.3, -1.7, 0);
  const F = Float64Array.of(-0.6, 0.2, 1.1);
  const f = new Float64Array(3).fill(Number.NaN);
  signal(v.slice(), F.slice(), f);
  return f.every((x, k) => x === (sends === 'v' ? v : F)[k]);
}

/** Tries a problem's rule on its start, if it is one's own: what is wrong with it there is found before any work is done. */
export function tryRule({ rule, student, feedback }: ResolvedProblem): void {
  const own = ownRules.get(rule);
  if (own === undefined) return;
  const v = Float64Array.from(student.v);
  const F = Float64Array.from(feedback ?? []);
  const fail = (code: 'not-finite' | 'invalid-problem', what: string): never => {
    throw new AlignodeError(code, `rule: the signal of "${rule}" ${what}`, { path: 'rule' });
  };
  const written = (): Float64Array => {
    const f = new Float64Array(v.length);
    own.signal(v, F, f);
    return f;
  };
  const f = written();
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
  if (written().some((x, j) => x !== f[j]))
    fail('invalid-problem', 'writes another f when it is called again; f may depend on v and F only');
}

function refuse(path: string, message: string): never {
  throw new AlignodeError('invalid-option', `${path}: ${message}`, { path });
}
