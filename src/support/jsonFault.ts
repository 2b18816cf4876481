import { show } from './error.ts';

/* Where a text stops being JSON: engines say that each in its own way, and often not where. */

/** What may come next: the pattern of each, and what is wanted after it. */
type Step = readonly [pattern: RegExp, then: (open: string[]) => Wanted];
type Wanted = 'value' | 'firstValue' | 'name' | 'firstName' | 'colon' | 'inList' | 'inObject' | 'end';

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const PLAIN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

const after = (open: string[]): Wanted => {
  const inside = open.at(-1);
  return inside === undefined ? 'end' : inside === '{' ? 'inObject' : 'inList';
};
const opens =
  (mark: string, wanted: Wanted) =>
  (open: string[]): Wanted => {
    open.push(mark);
    return wanted;
  };
const closes = (open: string[]): Wanted => {
  open.pop();
  return after(open);
};

const value: readonly Step[] = [
  [/\{/y, opens('{', 'firstName')],
  [/\[/y, opens('[', 'firstValue')],
  [STRING, after],
  [PLAIN, after],
];
const name: readonly Step[] = [[STRING, () => 'colon']];

interface Expected {
  readonly words: string;
  readonly steps: readonly Step[];
}

const STEPS: Readonly<Record<Wanted, Expected>> = {
  value: { words: 'a value', steps: value },
  firstValue: { words: 'a value or ]', steps: [[/\]/y, closes], ...value] },
  name: { words: 'a key in double quotes', steps: name },
  firstName: { words: 'a key in double quotes or }', steps: [[/\}/y, closes], ...name] },
  colon: { words: 'a colon', steps: [[/:/y, () => 'value']] },
  inList: {
    words: 'a comma or ]',
    steps: [
      [/,/y, () => 'value'],
      [/\]/y, closes],
    ],
  },
  inObject: {
    words: 'a comma or }',
    steps: [
      [/,/y, () => 'name'],
      [/\}/y, closes],
    ],
  },
  end: { words: 'nothing more', steps: [] },
};

/** Where a text stops being JSON, and what should be there; undefined if it is JSON. */
function stopsAt(text: string): { at: number; want: string } | undefined {
  const open: string[] = [];
  let wanted: Wanted = 'value';
  for (let at = end(SPACE, text, 0) ?? 0; ; at = end(SPACE, text, at) ?? at) {
    if (wanted === 'end' && at === text.length) return undefined;
    const { words, steps }: Expected = STEPS[wanted];
    const step: Step | undefined = steps.find(([pattern]) => end(pattern, text, at) !== undefined);
    if (step === undefined) return { at, want: words };
    at = end(step[0], text, at) as number;
    wanted = step[1](open);
  }
}

/** Where a match of a pattern from a place on ends. */
function end(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Characters of a line that are shown, and of them those before the fault; characters that are called found. */
const SHOWN = 72;
const BEFORE = 40;
const FOUND = 12;

/**
 * 'line 3, column 20: found "NaN }"; use a value; the line is { "noise": NaN }', or undefined for what is JSON.
 * `line` is that on which the text begins in its file, `column` that before which it begins.
 */
export function jsonFault(text: string, { line = 1, column = 0 } = {}): string | undefined {
  const fault = stopsAt(text);
  if (fault === undefined) return undefined;
  const above = text.slice(0, fault.at).split('\n');
  const start = fault.at - (above.at(-1) as string).length;
  const whole = text.slice(start).split(/\r?\n/, 1)[0];
  const place = fault.at - start;
  const rest = whole.slice(place);
  const found =
    fault.at >= text.length
      ? 'the end'
      : rest === ''
        ? 'the end of the line'
        : show(rest.length > FOUND ? `${rest.slice(0, FOUND)}…` : rest);
  const where = `line ${line + above.length - 1}, column ${place + 1 + (above.length === 1 ? column : 0)}`;
  return `${where}: found ${found}; use ${fault.want}; the line is ${cut(whole, place)}`;
}

function cut(line: string, place: number): string {
  const from = line.length <= SHOWN ? 0 : Math.max(0, Math.min(place - BEFORE, line.length - SHOWN));
  const to = Math.min(line.length, from + SHOWN);
  return `${from > 0 ? '…' : ''}${line.slice(from, to).trim()}${to < line.length ? '…' : ''}`;
}
