/** What is wrong with a value: where, what was found, what would do. Undefined if nothing is. */
export type Check = (value: unknown, path: string) => string | undefined;

const found = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

/** A check of one condition. */
export const value =
  (ok: (value: unknown) => boolean, want: string): Check =>
  (it, path) =>
    ok(it) ? undefined : `${path}: found ${found(it)}; use ${want}`;

export const number = value(Number.isFinite, 'a number');
export const text = value((it) => typeof it === 'string', 'a word');
export const flag = value((it) => typeof it === 'boolean', 'true or false');
export const oneOf = (...words: string[]): Check =>
  value((it) => words.includes(it as string), `one of ${words.map((word) => `"${word}"`).join(', ')}`);
export const whole = (min: number, max: number, of = ''): Check =>
  value(
    (it) => Number.isInteger(it) && (it as number) >= min && (it as number) <= max,
    `a whole number from ${min} to ${max}${of}`,
  );

export const listOf =
  (each: Check, min: number, max: number, of: string): Check =>
  (it, path) => {
    if (!Array.isArray(it)) return `${path}: found ${found(it)}; use a list`;
    if (it.length < min || it.length > max)
      return `${path}: found ${it.length} ${of}; use ${min === max ? min : `${min} to ${max}`}`;
    return first(it.keys(), (i) => each(it[i], `${path}[${i}]`));
  };

/** A key that may be missing. */
export const optional = (check: Check): Check & { optional: true } =>
  Object.assign(((it, path) => check(it, path)) satisfies Check, { optional: true } as const);

/** An object of these keys and no others. */
export const record =
  (fields: Record<string, Check | (Check & { optional: true })>): Check =>
  (it, path) => {
    if (!isObject(it)) return `${path}: found ${found(it)}; use { ${Object.keys(fields).join(', ')} }`;
    const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
    const unknown = Object.keys(it).find((key) => !Object.hasOwn(fields, key));
    if (unknown !== undefined)
      return `${at(unknown)}: there is no such key; the keys are ${Object.keys(fields).join(', ')}`;
    return first(Object.keys(fields), (key) =>
      it[key] === undefined && 'optional' in fields[key] ? undefined : fields[key](it[key], at(key)),
    );
  };

/** One check or the other, by a look at the value. */
export const either =
  (is: (value: unknown) => boolean, then: Check, otherwise: Check): Check =>
  (it, path) =>
    (is(it) ? then : otherwise)(it, path);

export const isObject = (it: unknown): it is Record<string, unknown> =>
  typeof it === 'object' && it !== null && !Array.isArray(it);

/** The first that one has to say. */
function first<T>(all: Iterable<T>, say: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const said = say(one);
    if (said !== undefined) return said;
  }
  return undefined;
}
