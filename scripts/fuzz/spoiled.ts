import type { Dice } from './draw.ts';

/* Problems that are not what they should be: one or two places changed, nested without end, or objects with traps. */

type Any = Record<string | number, unknown>;

const JUNK: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => -1,
  () => -0,
  () => 0.5,
  () => 5e-324,
  () => 1.7e308,
  () => 2 ** 60,
  () => '',
  () => 'erf',
  () => '1',
  () => '\u001b[31m\u0007\r',
  () => true,
  () => [],
  () => {},
  () => [[]],
  () => [null],
  () => new Array(3),
  () => Object.assign(new Array(3), { 0: 1, 2: 2 }),
  () => 10n,
  () => Symbol('s'),
  () => () => 1,
  () => new Date(0),
  () => new Map([[1, 2]]),
  () => Float64Array.of(1, 2),
  () => ({ draw: 'normal', seed: 1 }),
  () => ({ draw: { M: 2, N: 10, seed: 1 } }),
  () => ({ draw: { K: 2, N: 10, sigma: 0.1, seed: 1 } }),
  () => ({ from: 1, to: 2, points: 3 }),
  () => ({ length: 2, 0: 1, 1: 2 }),
];

/** Every place in a value: the object that holds it, and its key. */
function places(value: unknown, found: [Any, string][] = []): [Any, string][] {
  if (typeof value === 'object' && value !== null)
    for (const key of Object.keys(value)) {
      found.push([value as Any, key]);
      places((value as Any)[key], found);
    }
  return found;
}

/** One to three places changed: another value, none, one more, or two exchanged. */
export function mutated(d: Dice, value: unknown): unknown {
  const copy = structuredClone(value);
  const all = places(copy);
  for (let n = 1 + d.below(3); n > 0; n--) {
    const [holder, key] = d.pick(all);
    const other = d.pick(all);
    const kind = d.below(6);
    if (kind < 2) holder[key] = d.pick(JUNK)();
    else if (kind === 2) delete holder[key];
    else if (kind === 3)
      holder[d.pick(['extra', 'aplha', '__proto__', 'constructor', 'toString', '0'])] = d.pick(JUNK)();
    else if (kind === 4) holder[key] = other[0][other[1]];
    else if (typeof holder[key] === 'number')
      holder[key] = (holder[key] as number) * d.pick([-1, 1e-200, 1e200, 1.01]);
  }
  return copy;
}

/** The value with one place nested in lists or objects, up to 20,000 deep. */
export function deep(d: Dice, value: unknown): unknown {
  const depth = Math.round(d.log(10, 20_000));
  let inner: unknown = d.pick(JUNK)();
  for (let i = 0; i < depth; i++) inner = d.chance(0.5) ? [inner] : { draw: inner };
  const copy = structuredClone(value);
  const [holder, key] = d.pick(places(copy));
  holder[key] = inner;
  return copy;
}

const trap = (): never => {
  throw new Error('a trap');
};

/** Objects that answer with errors, or without end. */
export function hostile(d: Dice, value: unknown): unknown {
  const copy = structuredClone(value) as Any;
  const [holder, key] = d.pick(places(copy));
  switch (d.below(8)) {
    case 0:
      Object.defineProperty(holder, key, { get: trap, enumerable: true });
      return copy;
    case 1:
      holder[key] = copy;
      return copy;
    case 2:
      holder[key] = { toJSON: trap, toString: trap, valueOf: trap };
      return copy;
    case 3: {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      holder[key] = proxy;
      return copy;
    }
    case 4:
      return new Proxy(copy, { ownKeys: trap });
    case 5:
      return new Proxy(copy, { get: d.chance(0.5) ? trap : Reflect.get });
    case 6:
      return Object.freeze(copy);
    default:
      return d.pick([
        Object.create(copy),
        Object.assign(Object.create(null), copy),
        [copy],
        JSON.stringify(copy),
      ]);
  }
}
