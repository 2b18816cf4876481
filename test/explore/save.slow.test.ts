import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { integrate, lineChart, simulate } from '../../src/index.ts';
import { simulationToCsv } from '../../src/report/tables/index.ts';
import { alignmentsOf } from '../../src/shallow/students/index.ts';
import { encode } from '../../src/web/exchange/address.ts';
import { ROOT } from '../support/bookBlocks.ts';
import { describeExplorer, settled } from '../support/explorer.ts';
import { HERS, keepCopies, lastCopy, SMALL } from '../support/explorerExchange.ts';
import { expectClose, learned, saved, solved, train, WITH_STUDENTS } from '../support/explorerSaves.ts';
import { patience } from '../support/reader.ts';

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

describeExplorer('what the explore page saves', (open) => {
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

  it('the means of the students are, byte for byte, those of the library', async () => {
    const { page, faults } = await open({ hash: encode(WITH_STUDENTS) });
    await train(page);
    const { name, bytes } = await saved(page, 'Means of the students', 'CSV');
    expect(name).toBe('alignode-students.csv');
    const { backend: _, ...options } = WITH_STUDENTS.students;
    const simulation = await simulate(await learned(page), { ...options, backend: 'cpu', threads: 1 });
    const rows = (csv: string): string => csv.replace(/^# settings .*\n/m, '');
    expect(rows(bytes.toString())).toBe(
      rows([...simulationToCsv(simulation, alignmentsOf(simulation))].join('')),
    );
    expect(faults).toEqual([]);
  });
});

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
    const main = join(ROOT, 'dist/main.js');
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
});
