import { version } from '../../support/version.ts';

/** The `#` lines of a curve's manifest: version, problem, settings and statistics, each a line of JSON. */
export function curveHead({
  problem,
  stats: { rtol, atol, ...rest },
}: {
  problem: unknown;
  stats: { rtol: number; atol: number };
}): string[] {
  return [
    `# alignode ${version}`,
    `# problem ${JSON.stringify(problem)}`,
    `# settings ${JSON.stringify({ rtol, atol })}`,
    `# stats ${JSON.stringify(rest)}`,
  ];
}

/**
 * A table apart from its `#` lines, for programs that take the first line for the names of the columns: `manifest` is
 * what these lines hold, filled in when the first piece of `body` is taken.
 */
export function withoutHead(csv: Iterable<string>): {
  manifest: Record<string, unknown>;
  body: Generator<string>;
} {
  const manifest: Record<string, unknown> = {};
  return { manifest, body: bodyOf(csv, manifest) };
}

function* bodyOf(csv: Iterable<string>, manifest: Record<string, unknown>): Generator<string> {
  let head: string | undefined = '';
  for (const piece of csv) {
    if (head === undefined) {
      yield piece;
      continue;
    }
    head += piece;
    for (let end = head.indexOf('\n'); head.startsWith('#') && end >= 0; end = head.indexOf('\n')) {
      record(head.slice(0, end), manifest);
      head = head.slice(end + 1);
    }
    if (head === '' || head.startsWith('#')) continue;
    yield head;
    head = undefined;
  }
}

/** "# alignode 0.2.0", or "# problem {..}". */
function record(line: string, manifest: Record<string, unknown>): void {
  const [, name, value] = /^# (\S+) (.*)$/.exec(line) ?? [];
  if (name === 'alignode') manifest.version = value;
  else if (name !== undefined) manifest[name] = JSON.parse(value);
}
