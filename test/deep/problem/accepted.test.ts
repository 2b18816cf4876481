import { describe, expect, it, test } from 'vitest';
import { feedbackOf, isDeep, resolveDeepProblem, weightsOf } from '../../../src/deep/problem/index.ts';
import { DEEP_PROBLEMS, deepProblem, smallDeepProblem } from '../../support/deepProblems.ts';

/** Everything in it that can be changed. */
function objectsIn(it: unknown, found = new Set<unknown>()): Set<unknown> {
  if (typeof it !== 'object' || it === null || found.has(it)) return found;
  found.add(it);
  for (const one of Object.values(it)) objectsIn(one, found);
  return found;
}

describe.each(DEEP_PROBLEMS)('%s', (_what, problem) => {
  const before = structuredClone(problem);
  const resolved = resolveDeepProblem(problem);

  it('resolves to what resolves to itself', () => {
    expect(resolveDeepProblem(resolved)).toEqual(resolved);
  });
  it('survives JSON', () => {
    const read = JSON.parse(JSON.stringify(resolved));
    expect(read).toStrictEqual(resolved);
    expect(resolveDeepProblem(read)).toStrictEqual(resolved);
  });
  it('shares nothing with the argument, which stays as it was', () => {
    const given = objectsIn(problem);
    expect([...objectsIn(resolved)].filter((one) => given.has(one))).toEqual([]);
    expect(problem).toStrictEqual(before);
  });
  it('keeps what was given', () => {
    const { network, rule, loss, epochs: _e, steps: _s, time: _t, ...rest } = problem;
    const given = JSON.parse(JSON.stringify({ ...rest, network, rule, loss }));
    expect(resolved).toMatchObject(given);
  });
  it('has feedback and weights of the right sizes', () => {
    const { widths } = resolved.network;
    if (widths === undefined) return;
    expect(weightsOf(resolved).map((W) => W.length)).toEqual(widths.slice(1).map((n, i) => n * widths[i]));
    for (const F of feedbackOf(resolved) ?? []) expect(F.every(Number.isFinite)).toBe(true);
  });
});

test('what a problem leaves out is filled in', () => {
  expect(resolveDeepProblem(smallDeepProblem())).toStrictEqual({
    ...smallDeepProblem(),
    network: { widths: [2, 3, 4, 2], activation: 'linear', bias: false, init: 'pytorch', seed: 1 },
    batch: 'all',
  });
});

test('what it gives stays, false and zero too', () => {
  const network = { widths: [64, 10], activation: 'relu', bias: false, init: 'zero', seed: 0 } as const;
  const given = deepProblem({
    network: { ...network, widths: [64, 10] },
    learningRate: 0,
    weightDecay: 0,
    batchNorm: false,
    dropout: { hidden: 0 },
    data: { set: 'digits', standardise: false, corruption: 0 },
    batch: 1,
  });
  expect(resolveDeepProblem(given)).toStrictEqual(given);
});

test('grids of epochs and steps start from one, or in equal steps from zero', () => {
  const grids = deepProblem({ epochs: { to: 100, points: 3 } });
  expect(resolveDeepProblem(grids).epochs).toEqual([1, expect.closeTo(10, 10), 100]);
  const steps = { to: 10, points: 3, scale: 'linear' as const };
  expect(resolveDeepProblem(deepProblem({ epochs: undefined, steps })).steps).toEqual([0, 5, 10]);
  const later = { ...steps, from: 4 };
  expect(resolveDeepProblem(deepProblem({ epochs: undefined, steps: later })).steps).toEqual([4, 7, 10]);
});

test('zero has no sign', () => {
  const { learningRate, epochs } = resolveDeepProblem(deepProblem({ learningRate: -0, epochs: [-0, 1] }));
  expect([learningRate, epochs]).toStrictEqual([0, [0, 1]]);
});

test('a problem in proxies, as frameworks of pages have them, is taken over', () => {
  const { network, ...rest } = deepProblem();
  const proxy = new Proxy(
    { ...rest, network: new Proxy({ ...network, widths: new Proxy(network.widths as number[], {}) }, {}) },
    {},
  );
  expect(resolveDeepProblem(proxy)).toStrictEqual(resolveDeepProblem(deepProblem()));
});

test('a problem with a network is deep', () => {
  expect([deepProblem(), { activation: 'erf' }, null, 'network', undefined].map(isDeep)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});
