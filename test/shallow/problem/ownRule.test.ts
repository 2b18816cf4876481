import { describe, expect, it } from 'vitest';
import { integrate, type Problem, type Rule, resolveProblem, rules, simulate } from '../../../src/index.ts';
import { signalOf } from '../../../src/shallow/problem/index.ts';
import { failureOf } from '../../support/failureOf.ts';
import { mixture, ruleWith } from '../../support/ownRules.ts';
import { smallProblem } from '../../support/problems.ts';

const withRule = (rule: string | Rule): Problem => ({ ...smallProblem(), rule });
const withoutFeedback = (rule: Rule): Problem => {
  const { feedback: _none, ...problem } = withRule(rule);
  return problem;
};

describe('a rule', () => {
  it('is a name of the table; another one is refused, with what would do', () => {
    expect(failureOf(() => resolveProblem(withRule('mixture')))).toMatchObject({
      code: 'invalid-problem',
      path: 'rule',
      message:
        'rule: found "mixture"; use one of "bp", "dfa", or in a program an object, a rule of your own; docs/limits.md says what there is not, and what to do instead',
    });
    expect(failureOf(() => resolveProblem(withRule('toString'))).path).toBe('rule');
  });

  it('that is a value of the table is kept as its name', () => {
    expect(resolveProblem(withRule(rules.bp)).rule).toBe('bp');
    expect(integrate(withRule(rules.dfa))).toEqual(integrate(withRule('dfa')));
  });

  it('of one’s own is kept in results, resolves to itself, and JSON has its name', () => {
    const { problem } = integrate(withRule(mixture));
    expect(problem.rule).toMatchObject({ name: 'mixture', needsFeedback: true });
    expect(resolveProblem(problem)).toEqual(problem);
    expect(resolveProblem(problem).rule).toBe(problem.rule);
    expect(JSON.parse(JSON.stringify(problem)).rule).toBe('mixture');
  });

  it('of one’s own counts as it was when it was given', () => {
    const given = { ...ruleWith('changing', (v) => v) };
    const { problem, R } = integrate(withRule(given));
    given.signal = (_v, F, f) => f.set(F);
    given.name = 'another';
    expect(integrate(problem).R).toEqual(R);
    expect(integrate(withRule(given)).R).not.toEqual(R);
  });

  it('may keep what it needs in its object', () => {
    const rule = {
      name: 'method',
      needsFeedback: false,
      signal(_v: Float64Array, _F: Float64Array, f: Float64Array) {
        f.fill(this.name.length);
      },
    };
    const f = new Float64Array(2);
    signalOf(resolveProblem(withRule(rule)))(Float64Array.of(1, 2), f);
    expect([...f]).toEqual([6, 6]);
  });

  it('finds F empty where the problem gives none, unless it needs it: then the problem is refused', () => {
    let seen: Float64Array | undefined;
    const curious: Rule = {
      name: 'curious',
      needsFeedback: false,
      signal: (v, F, f) => {
        seen = F;
        f.set(v);
      },
    };
    resolveProblem(withoutFeedback(curious));
    expect(seen).toHaveLength(0);
    resolveProblem(withRule(curious));
    expect([...(seen ?? [])]).toEqual([0.8, -0.5]);
    expect(failureOf(() => resolveProblem(withoutFeedback(ruleWith('needy', (_v, F) => F))))).toMatchObject({
      path: 'feedback',
      message: expect.stringContaining('rule "needy" needs it: 2 numbers'),
    });
  });
});

describe('the built-in rules', () => {
  it.each(Object.values(rules))('$name sends what it says', ({ sends, signal, needsFeedback }) => {
    const [v, F, f] = [Float64Array.of(1, -2, 3), Float64Array.of(4, 5, -6), new Float64Array(3)];
    signal(v, F, f);
    expect(f).toEqual(sends === 'v' ? v : F);
    expect(needsFeedback).toBe(sends === 'F');
  });
});

const good: Rule = { name: 'good', needsFeedback: true, signal: (_v, F, f) => f.set(F) };

describe('refused is', () => {
  it.each<[what: string, path: string, remedy: string, rule: object | null]>([
    ['no rule', 'rule', 'found null; use one of "bp", "dfa"', null],
    ['a list', 'rule', 'found [1]; use one of', [1]],
    ['no name', 'rule.name', 'found nothing; use a letter and then', { ...good, name: undefined }],
    ['an empty name', 'rule.name', 'found ""', { ...good, name: '' }],
    ['a name with a space', 'rule.name', 'found "my rule"', { ...good, name: 'my rule' }],
    ['a name with a comma', 'rule.name', 'found "a,b"', { ...good, name: 'a,b' }],
    [
      'a name that starts as the prototype does',
      'rule.name',
      'found "__proto__"',
      { ...good, name: '__proto__' },
    ],
    ['a name of 65 letters', 'rule.name', 'up to 63', { ...good, name: 'a'.repeat(65) }],
    [
      'the name of a built-in rule',
      'rule.name',
      'found "bp"; it is built in; use another name',
      { ...good, name: 'bp' },
    ],
    ['no word on feedback', 'rule.needsFeedback', 'use true or false', { ...good, needsFeedback: undefined }],
    ['no signal', 'rule.signal', 'use a function', { ...good, signal: undefined }],
    ['a signal that is no function', 'rule.signal', 'found [1]; use a function', { ...good, signal: [1] }],
    ['another vector to send', 'rule.sends', 'found "w"; use "v" or "F"', { ...good, sends: 'w' }],
    ['a rule that does not send what it says', 'rule', 'writes another f than v', { ...good, sends: 'v' }],
    [
      'F to send without feedback',
      'rule.needsFeedback',
      'use true: the rule sends "F"',
      { ...good, sends: 'F', needsFeedback: false },
    ],
    ['a misspelt key', 'rule.send', 'there is no such key; did you mean "sends"?', { ...good, send: 'F' }],
  ])('%s', (_what, path, remedy, rule) => {
    const failure = failureOf(() => resolveProblem(withRule(rule as Rule)));
    expect(failure).toMatchObject({ code: 'invalid-problem', path });
    expect(failure.message).toContain(remedy);
  });

  it('nothing that is well formed, names as those of the prototype among it', () => {
    expect(integrate(withRule({ ...good, name: 'constructor' })).eg).toEqual(integrate(withRule('dfa')).eg);
  });
});

describe('a signal that cannot be right is refused before any work', () => {
  let calls = 0;
  it.each<[what: string, code: string, message: string, signal: Rule['signal'], sends?: 'F']>([
    [
      'returns f in place of writing it',
      'not-finite',
      'no finite number to f[0] at the start, where v = [0.1,-0.1] and F = [0.8,-0.5]; it must write every f[k], and what it returns is not looked at',
      (v) => v,
    ],
    ['leaves a component out', 'not-finite', 'f[1]', (v, _F, f) => f.set([v[0]])],
    ['writes what is not a number', 'not-finite', 'f[0]', (_v, _F, f) => f.fill(Number.NaN)],
    ['writes infinity', 'not-finite', 'f[0]', (_v, _F, f) => f.fill(1 / 0)],
    [
      'changes v',
      'invalid-problem',
      'changes v or F; it may write to f only',
      (v, _F, f) => {
        v[1] = 1;
        f.set(v);
      },
    ],
    [
      'changes F',
      'invalid-problem',
      'changes v or F',
      (_v, F, f) => {
        F[0] = -F[0];
        f.set(F);
      },
    ],
    [
      'writes something else each time',
      'invalid-problem',
      'f may depend on v and F only',
      (_v, _F, f) => f.fill(++calls),
    ],
    [
      'sends another vector than it says, but for three units',
      'invalid-problem',
      'writes another f than F, which it says that it sends; leave "sends" out',
      (v, F, f) => f.set(f.length === 3 ? F : v),
      'F',
    ],
    [
      'sends another vector than it says, but for two units',
      'invalid-problem',
      'writes another f than F, which it says that it sends; leave "sends" out',
      (v, F, f) => f.set(f.length === 2 ? F : v),
      'F',
    ],
  ])('%s', async (_what, code, message, signal, sends?) => {
    const wrong: Rule = { name: 'wrong', needsFeedback: true, signal, ...(sends && { sends }) };
    for (const work of [resolveProblem, integrate]) {
      const failure = failureOf(() => work(withRule(wrong)));
      expect(failure).toMatchObject({ code, path: 'rule' });
      expect(failure.message).toContain(message);
    }
    await expect(simulate(withRule(wrong), { N: 20 })).rejects.toMatchObject({ code, path: 'rule' });
  });

  it('and is told that F is empty where that may be why', () => {
    const hasty = ruleWith('hasty', (_v, F) => F, { needsFeedback: false });
    expect(failureOf(() => resolveProblem(withoutFeedback(hasty))).message).toContain(
      'F is empty, as the problem gives no feedback (a rule that needs it says needsFeedback: true)',
    );
  });
});
