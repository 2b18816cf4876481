/** Stands for any lines where it is alone on one, for more digits behind a digit, and else for any text within a line. */
const ANY = '…';

/** Whether an output is the one that a page shows. Spaces at the ends of lines, and empty lines at the end, do not count. */
export function isAsShown(shown: string, output: string): boolean {
  const expected = linesOf(shown);
  const lines = linesOf(output);
  // From the end: fits[i] tells whether the lines from i on are what is expected from here on.
  let fits = lines.map(() => false).concat(true);
  for (const pattern of expected.toReversed()) {
    if (pattern.trim() === ANY) {
      const last = fits.lastIndexOf(true);
      fits = fits.map((_, i) => i <= last);
    } else {
      const matches = matcherOf(pattern);
      fits = fits.map((_, i) => i < lines.length && fits[i + 1] && matches(lines[i]));
    }
  }
  return fits[0];
}

const linesOf = (text: string): string[] => {
  const whole = text.trimEnd();
  return whole === '' ? [] : whole.split('\n').map((line) => line.trimEnd());
};

function matcherOf(pattern: string): (line: string) => boolean {
  const escaped = pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const expression = new RegExp(`^${escaped.replace(/(?<=\d)…/g, '\\d*').replaceAll(ANY, '.*')}$`);
  return (line) => expression.test(line);
}

/** Both outputs, line beside line; what differs is marked. */
export function sideBySide(shown: string, output: string): string {
  const left = linesOf(shown);
  const right = linesOf(output);
  const width = Math.max(10, ...left.map((line) => line.length));
  const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
    const [expected = '', found = ''] = [left[i], right[i]];
    const mark = i < left.length && i < right.length && matcherOf(expected)(found) ? ' ' : '|';
    return `${expected.padEnd(width)} ${mark} ${found}`.trimEnd();
  });
  return [`${'the page'.padEnd(width)}   the program`, ...rows].join('\n');
}
