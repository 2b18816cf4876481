import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseOutput } from '../../src/cli/output.ts';
import { readSimulationOptions } from '../../src/cli/simulationOptions.ts';
import { smallProblem } from '../support/problems.ts';
import { alignode } from '../support/world.ts';

it('a slow reader gets all of the output, piece by piece', async () => {
  let got = '';
  let most = 0;
  const stdout = new Writable({
    highWaterMark: 10,
    write(chunk, _encoding, done) {
      got += chunk;
      most = Math.max(most, stdout.writableLength);
      setImmediate(done);
    },
  });
  const world = { stdout } as unknown as Parameters<typeof chooseOutput>[1];
  const text = 'x'.repeat(1e5);
  await chooseOutput({}, world).write([text, text, 'end'], new AbortController().signal);
  await new Promise<void>((resolve) => stdout.end(resolve));
  expect(got).toBe(`${text}${text}end`);
  // Never more waiting than one piece.
  expect(most).toBe(1e5);
});

it('flags are checked when they are read, before any work', () => {
  expect(() => readSimulationOptions({ N: '10', runs: '0' })).toThrow('--runs: found 0; use a whole number');
  expect(readSimulationOptions({ N: '1e2', 'test-set': '5', redraw: 'teacher, student' })).toEqual({
    N: 100,
    testSet: 5,
    redraw: ['teacher', 'student'],
  });
});

describe('where a table goes', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  const read = (name: string): string => readFileSync(at(name), 'utf8');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'alignode-'));
    writeFileSync(at('problem.json'), JSON.stringify(smallProblem()));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('without its head it begins with the names of the columns, and what the head says is beside it', async () => {
    const to = ['integrate', at('problem.json'), '--out'];
    await alignode(...to, at('curve.csv'));
    expect((await alignode(...to, at('plain.csv'), '--header', 'none')).code).toBe(0);
    const lines = read('curve.csv').split('\n');
    expect(read('plain.csv')).toBe(lines.filter((line) => !line.startsWith('#')).join('\n'));
    const { version, ...manifest } = JSON.parse(read('plain.csv.json'));
    expect([
      `# alignode ${version}`,
      ...Object.entries(manifest).map(([name, value]) => `# ${name} ${JSON.stringify(value)}`),
    ]).toEqual(lines.filter((line) => line.startsWith('#')));
  });

  it('the file beside it is a problem again, and the table itself says that it is none', async () => {
    await alignode('integrate', at('problem.json'), '--out', at('plain.csv'), '--header', 'none');
    const again = await alignode('integrate', at('plain.csv.json'), '--header', 'none');
    expect([again.code, again.stdout]).toEqual([0, read('plain.csv')]);
    const { code, stderr } = await alignode('integrate', at('plain.csv'));
    expect(code).toBe(2);
    expect(stderr).toContain(
      'it is a table without its head (--header none puts that into the file beside it',
    );
  });

  it.each([
    ['c.npz', [], '--out: found "', 'CSV and JSON are written: use a name that ends in .csv or .json'],
    ['c.csv', ['--header', 'some'], '--header: found "some"; use comments or none', ''],
    ['c.json', ['--header', 'none'], '--header: found "none"; only CSV has a header', ''],
  ])('refuses %s with %j before the work, and writes nothing', async (name, flags, ...words) => {
    const { code, stderr } = await alignode('integrate', at('problem.json'), '--out', at(name), ...flags);
    expect(code).toBe(2);
    for (const some of words) expect(stderr).toContain(some);
    expect(readdirSync(folder)).toEqual(['problem.json']);
  });

  it.each([
    ['eta-0.1', []],
    ['curve', []],
    ['curve.dat', ['--format', 'csv']],
  ])('writes CSV to %s with %j', async (name, flags) => {
    expect((await alignode('integrate', at('problem.json'), '--out', at(name), ...flags)).code).toBe(0);
    expect(read(name)).toMatch(/^# alignode /);
  });

  it('refuses a report that is not to be HTML', async () => {
    const { code, stderr } = await alignode(
      'plearn',
      '--K',
      '2',
      '--M',
      '2',
      '--runs',
      '0',
      '--html',
      at('report.pdf'),
    );
    expect(code).toBe(2);
    expect(stderr).toContain('the report is HTML: use a name that ends in .html');
  });
});
