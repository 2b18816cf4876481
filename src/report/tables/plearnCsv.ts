import type { PLearn, PLearnPoint } from '../../shallow/plearn/index.ts';
import { version } from '../../support/version.ts';

/** P(learn) as CSV: `#` lines with the manifest (each a line of JSON that can be read back), then a row for each K. */
export function* plearnToCsv({
  settings,
  backend,
  threads,
  device,
  points,
  failed,
  complete,
}: PLearn): Generator<string> {
  yield `# alignode ${version}\n`;
  const manifest = { settings, backend, threads, device, failed, complete };
  for (const [name, value] of Object.entries(manifest))
    if (value !== undefined) yield `# ${name} ${JSON.stringify(value)}\n`;
  yield `${Object.keys(COLUMNS).join(',')}\n`;
  for (const point of points)
    yield `${Object.values(COLUMNS)
      .map((pick) => pick(point) ?? '')
      .join(',')}\n`;
}

/** What each column holds; nothing where there were no students. */
export const COLUMNS: Readonly<Record<string, (point: PLearnPoint) => number | null | undefined>> = {
  K: ({ K }) => K,
  exact: ({ exact }) => exact,
  runs: ({ runs }) => runs,
  learned: ({ learned }) => learned,
  allowed: ({ allowed }) => allowed.runs,
  allowed_learned: ({ allowed }) => allowed.learned,
  stuck: ({ stuck }) => stuck,
  diverged: ({ diverged }) => diverged,
  undecided: ({ undecided }) => undecided,
  fraction: ({ fraction }) => fraction,
  low: ({ interval }) => interval?.[0],
  high: ({ interval }) => interval?.[1],
  median_time: ({ medianTime }) => medianTime,
  seed: ({ seed }) => seed,
};
