import { describe, expect, it, test } from 'vitest';
import { resolveDeepProblem } from '../../../src/deep/problem/index.ts';
import { AlignodeError } from '../../../src/index.ts';
import { DEEP_PROBLEMS, deepProblem, smallDeepProblem } from '../../support/deepProblems.ts';
import { failureOf } from '../../support/failureOf.ts';

// biome-ignore lint/suspicious/noExplicitAny: these problems are wrong on purpose
type Any = any;

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;
const throwing = (what: unknown) =>
  Object.defineProperty({}, 'network', {
    enumerable: true,
    get: () => {
      throw what;
    },
  });
const brackets = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
const deepObject = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);

/** Values that no key of a deep problem takes. */
const HOSTILE: Record<string, () => unknown> = {
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  null: () => null,
  'a bigint': () => 1n,
  'a symbol': () => Symbol('s'),
  'a function': () => () => 1,
  'a cyclic object': () => cyclic,
  'a list with a hole': () => new Array(3),
  'a list of four thousand million': () => new Array(2 ** 32 - 1),
  'a typed array': () => new Float64Array([0, 1]),
  'a date': () => new Date(0),
  'a map': () => new Map([['widths', [1, 2]]]),
  'a promise': () => Promise.resolve(1),
  'a number as an object': () => Object(1),
  'a string as an object': () => Object('dfa'),
  '20,000 brackets': () => brackets(20_000),
  '20,000 braces': () => deepObject(20_000),
  'no prototype': () => Object.create(null),
  'a proxy that throws': () =>
    new Proxy(
      {},
      {
        ownKeys() {
          throw new TypeError('no keys');
        },
      },
    ),
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  'a toJSON that throws': () => ({ toJSON: () => expect.unreachable() }),
};

const KEYS = [
  'network',
  'rule',
  'feedback',
  'loss',
  'data',
  'learningRate',
  'batch',
  'epochs',
  'time',
  'optimizer',
  'dropout',
  'batchNorm',
  'weightDecay',
];

describe.each(Object.entries(HOSTILE))('%s', (name, make) => {
  it.each(KEYS)('in place of %s is refused', (key) => {
    // An empty object is as good as nothing there.
    if (
      key === 'dropout' &&
      ['no prototype', 'a date', 'a map', 'a promise', 'a number as an object'].includes(name)
    )
      return;
    const failure = failureOf(() => resolveDeepProblem({ ...deepProblem(), [key]: make() }));
    expect(failure.code).toBe('invalid-problem');
    expect(failure.path).toMatch(new RegExp(`^(${key}\\b|problem$)`));
    expect(failure.message.length).toBeLessThan(400);
  });
  it('in place of all is refused', () => {
    expect(failureOf(() => resolveDeepProblem(make() as Any)).code).toBe('invalid-problem');
  });
  it('among numbers is refused', () => {
    const x = [[1, make() as number]];
    const failure = failureOf(() =>
      resolveDeepProblem(smallDeepProblem({ data: { train: { x, y: [[1, 0]] } } })),
    );
    // A revoked proxy cannot even be shown.
    const path = name === 'a revoked proxy' ? 'problem' : 'data.train.x[0][1]';
    expect(failure).toMatchObject({ code: 'invalid-problem', path });
  });
});

test.each([
  ['an error', new Error('not today\nor tomorrow'), 'not today'],
  ['a string', 'no', 'no'],
  ['nothing', undefined, 'undefined'],
  ['what is no text', Object.create(null), 'what it throws cannot be read either'],
  ['an error without text', Object.assign(new Error(), { message: 3 }), 'cannot be read either'],
])('a getter that throws %s', (_what, thrown, says) => {
  const failure = failureOf(() => resolveDeepProblem(throwing(thrown) as Any));
  expect(failure).toMatchObject({ code: 'invalid-problem', path: 'problem' });
  expect(failure.message).toContain(
    `problem: it cannot be read (${says}`.replace('(cannot', '(what it throws cannot'),
  );
  expect(failure.message).toMatch(/\); use an object that holds plain values$/);
});

test('what throws at the second look is refused, too', () => {
  for (let calm = 1; calm < 12; calm++) {
    let looks = 0;
    const problem = Object.defineProperty(deepProblem(), 'loss', {
      enumerable: true,
      get() {
        looks++;
        if (looks > calm) throw new RangeError('enough');
        return 'cross-entropy';
      },
    });
    try {
      resolveDeepProblem(problem);
      expect(looks).toBeLessThanOrEqual(calm);
    } catch (error) {
      expect(error).toBeInstanceOf(AlignodeError);
    }
  }
});

test('what shows another value at the second look is refused', () => {
  for (let calm = 0; calm < 12; calm++) {
    let looks = 0;
    const learningRate = { get: () => (looks++ < calm ? 0.1 : -1), enumerable: true };
    const problem = Object.defineProperty(deepProblem(), 'learningRate', learningRate);
    try {
      expect(resolveDeepProblem(problem).learningRate).toBe(0.1);
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid-problem', path: 'learningRate' });
    }
  }
});

test('what is inherited is not there', () => {
  const { network, ...rest } = deepProblem();
  for (const [path, problem] of [
    ['network', { ...rest, network: Object.create(network) }],
    ['network', Object.create(deepProblem())],
    ['feedback', { ...deepProblem(), feedback: Object.create({ draw: 'normal', seed: 3 }) }],
    ['data', { ...deepProblem(), data: Object.create({ set: 'digits' }) }],
  ] as [string, Any][]) {
    const failure = failureOf(() => resolveDeepProblem(problem));
    expect(failure.code).toBe('invalid-problem');
    expect(failure.path).toMatch(new RegExp(`^${path}\\b`));
  }
});

test('an object of another prototype is taken for its own keys', () => {
  class Network {
    widths = [64, 10];
    activation = 'tanh';
  }
  const { network } = resolveDeepProblem(deepProblem({ network: new Network() }));
  expect(network).toStrictEqual({
    widths: [64, 10],
    activation: 'tanh',
    bias: false,
    init: 'pytorch',
    seed: 1,
  });
});

/** mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ODD: (() => unknown)[] = [
  ...Object.entries(HOSTILE)
    .filter(([name]) => !name.startsWith('20,000'))
    .map(([, make]) => make),
  () => brackets(5000),
  ...[undefined, 0, -0, 1, -1, 2, 0.5, 1e-300, 1e31, 1e308, 2 ** 53, '', 'all', 'sgd', 'bp', 'toString'].map(
    (it) => () => it,
  ),
  ...[true, false].map((it) => () => it),
  () => [],
  () => ({}),
  () => [1, 2],
  () => [[1, 2]],
  () => ({ draw: 'normal', seed: 1 }),
  () => ({ from: 1, to: 2, points: 3 }),
];

/** Changes one place of a problem: another value, one of another place, none, or another key. */
function mutate(it: Any, random: () => number): void {
  const holders: Any[] = [];
  const collect = (one: Any): void => {
    if (typeof one !== 'object' || one === null || Object.keys(one).length === 0) return;
    holders.push(one);
    for (const value of Object.values(one)) collect(value);
  };
  collect(it);
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const holder = any(holders);
  const key = any(Object.keys(holder));
  const what = random();
  if (what < 0.3) holder[key] = any(ODD)();
  else if (what < 0.6) {
    if (typeof holder[key] === 'number') holder[key] = any([0, 1, 3, 0.5, 10, 64, holder[key] + 1]);
  } else if (what < 0.7) {
    const from = any(holders);
    holder[key] = structuredClone(from[any(Object.keys(from))]);
  } else if (what < 0.8) delete holder[key];
  else if (what < 0.9 && Array.isArray(holder)) holder.push(structuredClone(holder[0]));
  else {
    holder[any(['seed', 'draw', 'train', '__proto__', 'epochs', `${key}s`, key.slice(1)])] = holder[key];
    delete holder[key];
  }
}

test('whatever is changed, a problem is taken or refused in words', () => {
  const random = randomNumbers(20_240_607);
  let taken = 0;
  for (let round = 0; round < 4000; round++) {
    const problem: Any = structuredClone(DEEP_PROBLEMS[round % DEEP_PROBLEMS.length][1]);
    const changes = 1 + Math.floor(3 * random());
    try {
      for (let i = 0; i < changes; i++) mutate(problem, random);
    } catch {
      // A hostile value that is already there cannot be looked through, or copied.
    }
    try {
      const resolved = resolveDeepProblem(problem);
      taken++;
      const read = JSON.parse(JSON.stringify(resolved));
      expect(resolveDeepProblem(read)).toStrictEqual(resolved);
    } catch (error) {
      if (!(error instanceof AlignodeError)) throw error;
      expect(error.code).toBe('invalid-problem');
      const { path, message } = error;
      expect(message.startsWith(`${path}: `), message).toBe(true);
      expect(message).toMatch(/: (found [\s\S]+; .{5}|it cannot be read )/);
    }
  }
  expect(taken).toBeGreaterThan(400);
  expect(taken).toBeLessThan(3000);
});
