import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { integrate, lineChart, type Problem, resolveProblem, simulate } from '../../src/index.ts';
import { curveToCsv, simulationToCsv } from '../../src/report/index.ts';
import { FIRST, type State } from '../../src/web/state/state.ts';
import { encode } from '../../src/web/ways/address.ts';
import { written } from '../../src/web/ways/written.ts';
import { ROOT } from '../support/bookBlocks.ts';
import { describeExplorer, settled } from '../support/explorer.ts';
import { HERS, IMPOSSIBLE, keepCopies, lastCopy, notices, SMALL } from '../support/explorerWays.ts';
import { patience } from '../support/reader.ts';

/** Students of a second layer set by hand, at other times than those of the curve. */
const WITH_STUDENTS: State = {
  problem: { ...SMALL, alpha: { from: 0.1, to: 10, points: 100 } },
  v: [0.3, -0.2],
  students: { N: 40, runs: 3, seed: 9, student: 'projected', backend: 'cpu' },
  view: { pair: [0, 1] },
};

async function saved(page: Page, group: string, kind: string): Promise<{ name: string; bytes: Buffer }> {
  await page.locator('#save summary').click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: `Save ${group} as ${kind}`, exact: true }).click();
  const file = await download;
  const pieces = await (await file.createReadStream()).toArray();
  return { name: file.suggestedFilename(), bytes: Buffer.concat(pieces) };
}

async function train(page: Page): Promise<void> {
  await page.locator('#students-train').click();
  await page.waitForFunction(() => globalThis.alignode.scene().students?.status === 'finished');
}

const solved = (page: Page): Promise<Problem> =>
  page.evaluate(() => globalThis.alignode.scene().theory!.problem);
const learned = (page: Page): Promise<Problem> =>
  page.evaluate(() => globalThis.alignode.scene().students!.problem);

describe('what is written for people', () => {
  it('is the same JSON, a row of a matrix to a line and many numbers in few lines', () => {
    const problem = { ...resolveProblem(SMALL), alpha: Array.from({ length: 50 }, (_, i) => i / 7) };
    const text = written(problem);
    expect(JSON.parse(text)).toEqual(problem);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(text.split('\n').length).toBeLessThan(40);
    expect(written({ a: undefined, b: "it's", c: {} }, 'ts')).toBe(`{ b: "it's", c: {} }`);
    expect(written(FIRST.problem, 'ts')).toContain("activation: 'erf',\n");
  });
});

describeExplorer('what the explore page saves', (open) => {
  it.each([
    ['the first state', FIRST],
    ['a drawn teacher, relu and noise', HERS],
    ['a second layer set by hand', WITH_STUDENTS],
  ])('the theory is what the library computes in Node: %s', async (_, state) => {
    const { page, faults } = await open({ hash: encode(state) });
    // Not waited for: what is saved waits for the exact curve.
    const csv = await saved(page, 'Theory', 'CSV');
    const curve = integrate(await solved(page));
    expect(csv.name).toBe('alignode-theory.csv');
    expectClose(csv.bytes.toString(), curveToCsv(curve));
    const json = await saved(page, 'Theory', 'JSON');
    expect(json.name).toBe('alignode-theory.json');
    // The same curve as in the CSV, to the last digit.
    expect(curveToCsv(JSON.parse(json.bytes.toString()))).toBe(csv.bytes.toString());
    const problem = await saved(page, 'Problem', 'JSON');
    expect(problem.name).toBe('alignode-problem.json');
    const read = JSON.parse(problem.bytes.toString()) as Problem;
    if (state.v === undefined) expect(read).toEqual(state.problem);
    expectClose(curveToCsv(integrate(read)), csv.bytes.toString());
    expect(faults).toEqual([]);
  });

  it('the means of the students are, byte for byte, those of the library', async () => {
    const { page, faults } = await open({ hash: encode(WITH_STUDENTS) });
    await train(page);
    const { name, bytes } = await saved(page, 'Means of the students', 'CSV');
    expect(name).toBe('alignode-students.csv');
    const { backend: _, ...options } = WITH_STUDENTS.students;
    const simulation = await simulate(await learned(page), { ...options, backend: 'cpu', threads: 1 });
    const rows = (csv: string): string => csv.replace(/^# settings .*\n/m, '');
    expect(rows(bytes.toString())).toBe(rows([...simulationToCsv(simulation)].join('')));
    expect(faults).toEqual([]);
  });

  it('every chart is saved as the picture that the library draws, and as PNG of twice the size', async () => {
    const { page, faults } = await open({ hash: encode(HERS), theme: 'dark' });
    await settled(page);
    await page.locator('#save summary').click();
    const names = await page
      .locator('#save .row')
      .evaluateAll((rows) =>
        rows.filter((row) => row.textContent!.includes('SVG')).map((row) => row.getAttribute('aria-label')!),
      );
    await page.keyboard.press('Escape');
    expect(names).toContain('Test error');
    const files = new Set<string>();
    for (const title of names) {
      const svg = await saved(page, title, 'SVG');
      files.add(svg.name);
      const size = await page.evaluate((text) => {
        const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
        if (documentElement.querySelector('parsererror')) throw new Error(documentElement.textContent!);
        return ['width', 'height'].map((name) => Number(documentElement.getAttribute(name)));
      }, svg.bytes.toString());
      // Paper is white, whatever the screen is.
      expect(svg.bytes.toString()).toContain('fill="#ffffff"');
      const png = await saved(page, title, 'PNG');
      expect(png.name).toBe(svg.name.replace('.svg', '.png'));
      expect(png.bytes.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
      const [width, height] = [16, 20].map((at) => png.bytes.readUInt32BE(at));
      expect(width).toBe(2 * size[0]);
      expect(Math.abs(height - 2 * size[1])).toBeLessThanOrEqual(2);
      expect(await inksOf(page, png.bytes)).toBeGreaterThan(1);
    }
    expect(files.size).toBe(names.length);
    expect([...files].every((name) => /^alignode-[\w-]+\.svg$/.test(name))).toBe(true);

    // The line of theory goes where the library draws it.
    const curve = integrate(await solved(page));
    const theirs = (await saved(page, 'Test error', 'SVG')).bytes.toString();
    const ours = lineChart({
      title: 'Test error',
      x: { label: 'α' },
      y: { label: 'ε', log: true },
      series: [{ name: 'theory', x: curve.alpha, y: curve.eg }],
    });
    const points = (svg: string) => longestPath(svg).length;
    expect(points(theirs)).toBe(points(ours));
    expect(faults).toEqual([]);
  });

  it('the menu opens and closes by keyboard, and closes when something else is pressed', async () => {
    const { page } = await open();
    await settled(page);
    const row = page.locator('#save .row').first();
    await page.locator('#save summary').focus();
    await page.keyboard.press('Enter');
    await row.waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Save Problem as JSON',
    );
    await page.keyboard.press('Escape');
    await row.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY');
    await page.keyboard.press('Enter');
    await row.waitFor();
    await page.locator('h1').click();
    await row.waitFor({ state: 'hidden' });
  });

  it('where there is no curve it says why, and saves the problem all the same', async () => {
    const { page } = await open({ hash: encode({ ...FIRST, problem: IMPOSSIBLE }) });
    await settled(page);
    await page.locator('#save summary').click();
    await page.getByRole('button', { name: 'Save Theory as CSV' }).click();
    await notices(page, 'fault')
      .getByText(/no curve to be saved: teacher\.T: found T_1_2 = 3/)
      .waitFor();
    expect(JSON.parse((await saved(page, 'Problem', 'JSON')).bytes.toString())).toEqual(IMPOSSIBLE);
  });

  it('a curve that breaks off is saved as far as it goes, and that is told', async () => {
    const problem: Problem = {
      ...SMALL,
      activation: 'linear',
      rule: 'bp',
      learningRate: 3,
      trainSecondLayer: false,
      student: {
        Q: [
          [1, 0.1],
          [0.1, 1],
        ],
        R: [
          [0.5, 0.1],
          [0.2, 0.4],
        ],
        v: [1, 1],
      },
      alpha: { from: 0.01, to: 1000, points: 50 },
    };
    const { page } = await open({ hash: encode({ ...FIRST, problem }) });
    const { bytes } = await saved(page, 'Theory', 'CSV');
    await notices(page, 'fault')
      .getByText(/breaks off: .*diverge/)
      .waitFor();
    const rows = bytes.toString().trimEnd().split('\n').slice(5);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThan(50);
  });
});

/** The last digits of a browser's logarithms and powers are not those of Node's. */
const DIGITS = 1e-9;
const expectClose = (csv: string, reference: string): void => {
  const [found, want] = [csv, reference].map(partsOf);
  expect(JSON.stringify(found, words)).toBe(JSON.stringify(want, words));
  const [x, y] = [found, want].map(numbersIn);
  expect(x.length).toBe(y.length);
  expect(Math.max(...x.map((value, i) => Math.abs(value - y[i]) / Math.max(1, Math.abs(y[i]))))).toBeLessThan(
    DIGITS,
  );
};
const words = (_: string, value: unknown): unknown => (typeof value === 'number' ? '' : value);
const numbersIn = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(numbersIn)
      : [];

/** The problem in the head of a CSV, its names, and its numbers. */
function partsOf(csv: string): [head: unknown, names: string, rows: number[][]] {
  const lines = csv.trimEnd().split('\n');
  const [names, ...rows] = lines.filter((line) => !line.startsWith('#'));
  const head = JSON.parse(/^# problem (.*)$/m.exec(csv)![1]);
  return [head, names, rows.map((row) => row.split(',').map(Number))];
}

/** The points of the path that has most of them. */
const longestPath = (svg: string): string[] =>
  [...svg.matchAll(/ (?:d|points)="([^"]*)"/g)]
    .map(([, path]) => path.split(/[ML ]+/).filter((piece) => piece !== ''))
    .reduce((one, other) => (other.length > one.length ? other : one), []);

/** How many colours a picture has. */
const inksOf = (page: Page, png: Buffer): Promise<number> =>
  page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
    if (pixels[0] !== 0xffffffff) throw new Error('the paper is not white');
    return new Set(pixels).size;
  }, png.toString('base64'));

describeExplorer('code copied from the explore page', (open) => {
  const copied = async (page: Page, button: string): Promise<string> => {
    if (!(await page.locator('#code').isVisible())) await page.getByRole('button', { name: 'Code…' }).click();
    await keepCopies(page);
    await page.getByRole('button', { name: button }).click();
    await page.locator('#code').getByText('Copied').last().waitFor();
    return lastCopy(page);
  };
  /** Runs in a folder of the repository, so that the package finds itself. */
  const inFolder = async <T>(run: (folder: string) => Promise<T>): Promise<T> => {
    const folder = mkdtempSync(join(ROOT, '.scripts-'));
    try {
      return await run(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const start = (folder: string, program: string, ...args: string[]) =>
    promisify(execFile)(program, args, { cwd: folder, maxBuffer: 2 ** 26 });

  it('the commands print the numbers of the page', async () => {
    const { page, faults } = await open({ hash: encode(WITH_STUDENTS) });
    await settled(page);
    await train(page);
    const command = await copied(page, 'Copy as command');
    expect(command).toContain('--N 40 --runs 3 --seed 9 --student projected --backend cpu');
    const main = join(ROOT, 'dist/cli/main.js');
    const { stdout } = await inFolder((folder) =>
      start(folder, 'bash', '-c', command.replaceAll('npx alignode', `node '${main}'`)),
    );
    await page.keyboard.press('Escape');
    const theory = (await saved(page, 'Theory', 'CSV')).bytes.toString();
    const students = (await saved(page, 'Means of the students', 'CSV')).bytes.toString();
    const rows = (csv: string): string => csv.replace(/^# settings .*\n/gm, '');
    const at = stdout.indexOf('# alignode', 1);
    expectClose(stdout.slice(0, at), theory);
    expect(rows(stdout.slice(at))).toBe(rows(students));
    expect(faults).toEqual([]);
  });

  it('the script writes the numbers of the page', async () => {
    const { page, faults } = await open({ hash: encode(WITH_STUDENTS) });
    await settled(page);
    await train(page);
    const script = await copied(page, 'Copy as TypeScript');
    const [csv, json] = await inFolder(async (folder) => {
      writeFileSync(join(folder, 'copied.ts'), script);
      await start(folder, process.execPath, join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'copied.ts');
      return ['alignode-theory.csv', 'alignode-students.json'].map((name) =>
        readFileSync(join(folder, name), 'utf8'),
      );
    });
    await page.keyboard.press('Escape');
    expectClose(csv, (await saved(page, 'Theory', 'CSV')).bytes.toString());
    const { alpha, mean, stderr } = JSON.parse(json);
    const seen = await page.evaluate(() => {
      const { alpha, mean, stderr } = globalThis.alignode.scene().students!.simulation!;
      return { alpha, mean: { ...mean }, stderr: { ...stderr } };
    });
    expect({ alpha, mean, stderr }).toEqual(seen);
    expect(faults).toEqual([]);
  });

  it('of students of another problem the code has theirs', async () => {
    const { page } = await open({ hash: encode(WITH_STUDENTS) });
    await train(page);
    const theirs = await learned(page);
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      encode({ ...WITH_STUDENTS, problem: { ...SMALL, learningRate: 0.3 } }),
    );
    await expect
      .poll(() => page.evaluate(() => globalThis.alignode.scene().students?.other), patience)
      .toBe(true);
    await page.getByRole('button', { name: 'Code…' }).click();
    const command = (await page.locator('#code-command').textContent())!;
    const problems = [...command.matchAll(/<<'EOF'\n([\s\S]*?)\nEOF/g)].map(([, json]) => JSON.parse(json));
    expect(problems[0].alpha).toEqual(SMALL.alpha);
    expect(problems[1]).toEqual(theirs);
  });

  it('without students there are none in it', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Code…' }).click();
    expect(await page.locator('#code-command').textContent()).not.toContain('simulate');
    expect(await page.locator('#code-typescript').textContent()).not.toContain('simulate');
  });

  it('where the browser does not copy, the text is selected', async () => {
    const { page } = await open();
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
    });
    await page.getByRole('button', { name: 'Code…' }).click();
    await page.getByRole('button', { name: 'Copy as command' }).click();
    await page.getByText('the text is selected').waitFor();
    const selected = await page.evaluate(() => getSelection()!.toString().trim());
    expect(selected).toBe((await page.locator('#code-command').textContent())!.trim());
    await page.keyboard.press('Escape');
    await page.locator('#code').waitFor({ state: 'hidden' });
  });
});
