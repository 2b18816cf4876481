import { describe, expect, it } from 'vitest';
import {
  defineRule,
  integrate,
  type Problem,
  type Rule,
  resolveProblem,
  simulate,
} from '../../../src/index.ts';
import { rules, signalOf } from '../../../src/shallow/problem/index.ts';
import { failureOf } from '../../support/failureOf.ts';
import { ruleWith } from '../../support/ownRules.ts';
import { smallProblem } from '../../support/problems.ts';

const withRule = (rule: string): Problem => ({ ...smallProblem(), rule });
const withoutFeedback = (rule: string): Problem => {
  const { feedback: _none, ...problem } = withRule(rule);
  return problem;
};

describe('a rule of one’s own', () => {
  it('is refused before it is defined, and known from then on', () => {
    expect(failureOf(() => resolveProblem(withRule('later')))).toMatchObject({
      code: 'invalid-problem',
      path: 'rule',
      message: 'rule: found "later"; use one of "bp", "dfa", or define the rule first (defineRule)',
    });
    ruleWith('later', (v) => v);
    expect(resolveProblem(withRule('later')).rule).toBe('later');
    expect(failureOf(() => resolveProblem(withRule('latter'))).message).toContain('"bp", "dfa", "later"');
  });

  it('is known to a problem from a file', () => {
    ruleWith('filed', (v) => v);
    const file = JSON.stringify(resolveProblem(withRule('filed')));
    expect(integrate(JSON.parse(file)).problem).toEqual(JSON.parse(file));
  });

  it('may be defined again, and counts as it was defined last', () => {
    ruleWith('again', (v) => v);
    const before = integrate(withRule('again')).R;
    ruleWith('again', (_v, F) => F);
    expect(integrate(withRule('again')).R).toEqual(integrate(withRule('dfa')).R);
    expect(before).toEqual(integrate(withRule('bp')).R);
  });

  it('may keep what it needs in the object that defines it', () => {
    const rule = {
      name: 'method',
      needsFeedback: false,
      signal(_v: Float64Array, _F: Float64Array, f: Float64Array) {
        f.fill(this.name.length);
      },
    };
    defineRule(rule);
    const f = new Float64Array(2);
    signalOf(resolveProblem(withRule('method')))(Float64Array.of(1, 2), f);
    expect([...f]).toEqual([6, 6]);
  });

  it('finds F empty where the problem gives none, unless it needs it: then the problem is refused', () => {
    let seen: Float64Array | undefined;
    defineRule({
      name: 'curious',
      needsFeedback: false,
      signal: (v, F, f) => {
        seen = F;
        f.set(v);
      },
    });
    resolveProblem(withoutFeedback('curious'));
    expect(seen).toHaveLength(0);
    resolveProblem(withRule('curious'));
    expect([...(seen ?? [])]).toEqual([0.8, -0.5]);
    ruleWith('needy', (_v, F) => F);
    expect(failureOf(() => resolveProblem(withoutFeedback('needy')))).toMatchObject({
      path: 'feedback',
      message: expect.stringContaining('rule "needy" needs it: 2 numbers'),
    });
  });
});

describe('a signal is called', () => {
  it('with an f in which nothing is left from the call before, and with copies of v and F', () => {
    const seen: Float64Array[] = [];
    defineRule({
      name: 'watching',
      needsFeedback: true,
      signal: (v, F, f) => {
        seen.push(v, F, f.slice());
        f.fill(1);
      },
    });
    const send = signalOf(resolveProblem(withRule('watching')));
    const [v, f] = [Float64Array.of(3, 4), Float64Array.of(5, 6)];
    for (const _ of [1, 2]) {
      send(v, f);
      const [lentV, lentF, before] = seen.slice(-3);
      expect([[...lentV], [...lentF], [...before]]).toEqual([
        [3, 4],
        [0.8, -0.5],
        [Number.NaN, Number.NaN],
      ]);
      expect(lentV).not.toBe(v);
    }
    // The copies are made once: calls allocate nothing.
    expect(seen.slice(-3, -1).map((x, i) => x === seen.slice(-6, -4)[i])).toEqual([true, true]);
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

describe('defineRule refuses', () => {
  it.each<[what: string, path: string, remedy: string, rule: object | null | undefined]>([
    ['nothing', 'name', 'found nothing', undefined],
    ['no rule', 'name', 'found nothing', null],
    ['no name', 'name', 'found nothing; use a letter and then', { ...good, name: undefined }],
    ['an empty name', 'name', 'found ""', { ...good, name: '' }],
    ['a name with a space', 'name', 'found "my rule"', { ...good, name: 'my rule' }],
    ['a name with a comma', 'name', 'found "a,b"', { ...good, name: 'a,b' }],
    ['a name that starts as the prototype does', 'name', 'found "__proto__"', { ...good, name: '__proto__' }],
    ['a name of 65 letters', 'name', 'up to 63', { ...good, name: 'a'.repeat(65) }],
    ['the name of a built-in rule', 'name', '"bp" is built in; use another name', { ...good, name: 'bp' }],
    ['no word on feedback', 'needsFeedback', 'use true or false', { ...good, needsFeedback: undefined }],
    ['no signal', 'signal', 'use a function', { ...good, signal: undefined }],
    ['a signal that is no function', 'signal', 'found [1]; use a function', { ...good, signal: [1] }],
    ['another vector to send', 'sends', 'found "w"; use "v" or "F"', { ...good, sends: 'w' }],
    ['a rule that does not send what it says', 'sends', 'writes another f than v', { ...good, sends: 'v' }],
    [
      'F to send without feedback',
      'needsFeedback',
      'sends "F"; use true',
      { ...good, sends: 'F', needsFeedback: false },
    ],
    ['a misspelt key', 'send', 'the keys are name, needsFeedback, signal, sends', { ...good, send: 'F' }],
  ])('%s', (_what, path, remedy, rule) => {
    const failure = failureOf(() => defineRule(rule as Rule));
    expect(failure).toMatchObject({ code: 'invalid-option', path });
    expect(failure.message).toContain(remedy);
    expect(failureOf(() => resolveProblem(withRule('good'))).path).toBe('rule');
  });

  it('nothing that is well formed, names as those of the prototype among it', () => {
    defineRule({ ...good, name: 'constructor' });
    expect(integrate(withRule('constructor')).eg).toEqual(integrate(withRule('dfa')).eg);
    expect(failureOf(() => resolveProblem(withRule('toString'))).path).toBe('rule');
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
  ])('%s', async (_what, code, message, signal, sends?) => {
    defineRule({ name: 'wrong', needsFeedback: true, signal, ...(sends && { sends }) });
    for (const work of [resolveProblem, integrate]) {
      const failure = failureOf(() => work(withRule('wrong')));
      expect(failure).toMatchObject({ code, path: 'rule' });
      expect(failure.message).toContain(message);
    }
    await expect(simulate(withRule('wrong'), { N: 20 })).rejects.toMatchObject({ code, path: 'rule' });
  });

  it('and is told that F is empty where that may be why', () => {
    ruleWith('hasty', (_v, F) => F, { needsFeedback: false });
    expect(failureOf(() => resolveProblem(withoutFeedback('hasty'))).message).toContain(
      'F is empty, as the problem gives no feedback (a rule that needs it says needsFeedback: true)',
    );
  });
});

it('a rule that this process does not know, as in a worker thread, is an error with its name', () => {
  const problem = { ...resolveProblem(smallProblem()), rule: 'elsewhere' };
  expect(failureOf(() => signalOf(problem))).toMatchObject({
    code: 'not-available',
    message: 'rule: nobody has defined "elsewhere" in this process',
  });
});
