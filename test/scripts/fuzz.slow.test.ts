import { describe, expect, it } from 'vitest';
import { besideReference } from '../../scripts/fuzz/against.ts';
import { caseOf, KINDS, tryCase } from '../../scripts/fuzz/fuzz.ts';
import { faultOf } from '../../scripts/fuzz/possible.ts';
import { integrate, type integrateInSteps } from '../../src/index.ts';

const PROBLEMS = 3000;

it(`${PROBLEMS} problems, valid, mutated, deep and hostile: a possible curve or an error that says what is wrong`, () => {
  const kinds = new Map<string, number>();
  const faults: string[] = [];
  for (let number = 0; number < PROBLEMS; number++) {
    const { kind, what, fault } = tryCase(caseOf(1, number));
    kinds.set(`${kind} ${what}`, (kinds.get(`${kind} ${what}`) ?? 0) + 1);
    if (fault !== undefined) faults.push(`${number}: ${fault}`);
  }
  expect(faults).toEqual([]);
  expect(kinds.get('valid curve')).toBeGreaterThan(PROBLEMS / 3);
  expect(kinds.get('mutated invalid-problem')).toBeGreaterThan(PROBLEMS / 5);
  for (const kind of KINDS) expect([...kinds.keys()].some((key) => key.startsWith(kind))).toBe(true);
}, 600_000);

describe('a fault is seen', () => {
  const number = Array.from({ length: 50 }, (_, i) => i).find((i) => tryCase(caseOf(1, i)).what === 'curve')!;
  const { problem, options } = caseOf(1, number);
  const curve = integrate(problem as never, options as never);
  const last = curve.alpha.length - 1;

  it.each([
    ['a number that is not finite', { R: curve.R.with(last, [[Number.NaN]]) }],
    ['a negative test error', { eg: curve.eg.with(last, -1e-30) }],
    ['a time that was not asked for', { alpha: curve.alpha.with(last, 3) }],
    ['a missing time', { v: curve.v.slice(1) }],
    [
      'overlaps of no vectors',
      {
        Q: curve.Q.with(
          last,
          curve.Q[last].map((row) => row.map((q) => -q - 1)),
        ),
      },
    ],
  ])('%s', (_name, change) => {
    expect(faultOf(curve)).toBeUndefined();
    expect(faultOf({ ...curve, ...change })).toBeDefined();
  });

  it('another exception than ours', () => {
    const broken = (() => {
      throw new TypeError('x is not a function');
    }) as unknown as typeof integrateInSteps;
    expect(tryCase(caseOf(1, 0), broken)).toMatchObject({
      what: 'other exception',
      fault: expect.any(String),
    });
  });
});

it('40 curves are those of equations and an integrator that share no code with the program', () => {
  const all = [...besideReference(1, 40)];
  expect(new Set(all.map(({ activation }) => activation)).size).toBe(3);
  for (const { number, difference, error } of all) {
    expect(error, `the reference of problem ${number}`).toBeLessThan(2e-10);
    expect(difference, `problem ${number}`).toBeLessThan(1e-9);
  }
}, 300_000);

it('a curve that goes on without end, as a spoiled number of steps may have it, is left and not waited for', () => {
  const endless = function* () {
    for (;;) yield { reached: 0, curve: {} };
  } as unknown as typeof integrateInSteps;
  expect(tryCase(caseOf(1, 0), endless)).toMatchObject({ what: 'still at work' });
});
