import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reproduce } from '../../src/cli/reproduce.ts';
import { type Figure, figures } from '../../src/figures/index.ts';
import { AlignodeError } from '../../src/support/error.ts';
import { nearest } from '../../src/support/nearest.ts';
import { version } from '../../src/support/version.ts';
import { describeChromium } from '../support/chromium.ts';
import { smallFigure } from '../support/figures.ts';
import { browserOfRun } from '../support/reader.ts';
import { withoutProgress } from '../support/withoutProgress.ts';
import { alignode, type Outcome, worldOf } from '../support/world.ts';

let folder: string;
let out: string;
const at = (...names: string[]): string => join(folder, ...names);
const inOut = (...names: string[]): string => join(out, ...names);
const read = (...names: string[]): string => readFileSync(inOut(...names), 'utf8');
const names = (...folders: string[]): string[] => readdirSync(inOut(...folders)).sort();
const piece = (): string => inOut('.pieces', version, readdirSync(inOut('.pieces', version))[0]);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
  out = at('out');
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Settings {
  asked?: string[];
  values?: Record<string, string | boolean>;
  book?: string;
  /** Gets what interrupts the run. */
  listen?: (interrupt: () => void) => void;
}

/** Runs the command on a table of figures. */
async function made(
  figures: readonly Figure[],
  { asked = [], values = {}, book = at('no book'), listen = () => undefined }: Settings = {},
): Promise<Outcome> {
  const { world, outcome } = worldOf({ on: (_, listener) => listen(listener) });
  outcome.code = await reproduce({ out, ...values }, asked, world, { figures, book });
  return { ...outcome, stderr: withoutProgress(outcome.stderr) };
}

const refusal = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await alignode('reproduce', ...args);
  expect([code, stdout]).toEqual([2, '']);
  return stderr;
};

describe('alignode reproduce', () => {
  it('refuses a figure whose data is not there, and of all figures makes the others', async () => {
    const needy = { ...smallFigure('needy'), sets: { full: ['cifar-10'] } } satisfies Figure;
    const figures = [smallFigure('one'), needy];
    const values = { full: true, data: at('sets') };
    await expect(made(figures, { asked: ['needy'], values })).rejects.toThrow(
      /^figure needy needs cifar-10 with --full, .*; alignode data get cifar-10 fetches it, and --data names another folder$/,
    );
    expect(readdirSync(folder)).toEqual([]);
    const { code, stderr } = await made(figures, { values });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^alignode: figure needy needs cifar-10 .*; without them the others are made\n/);
    expect(names()).toEqual(['index.html', 'manifest.json', 'one', 'plotly.min.js']);
    expect((await made(figures, { asked: ['needy'] })).code).toBe(0);
  });

  it('makes every figure, with a gallery, tables, and a manifest', async () => {
    const { code, stdout, stderr } = await made([smallFigure('one'), smallFigure('two')]);
    expect(code).toBe(0);
    expect(stdout).toBe(`${inOut('index.html')}\n`);
    expect(stderr).toMatch(
      /^alignode: one in \d.* s: its claim holds\nalignode: two in .*\nalignode: the gallery is file:\/\/\/.*\/out\/index.html\n$/,
    );
    expect(names()).toEqual(['index.html', 'manifest.json', 'one', 'plotly.min.js', 'two']);
    expect(read('one', 'one.csv')).toContain('\none-left,student of left,points,100,0.2,,\n');
    expect(JSON.parse(read('one', 'one.json'))).toMatchObject({
      alignode: version,
      name: 'one',
      size: 'quick',
      claims: [{ holds: 'yes', numbers: { learned: 3 } }],
    });
    const manifest = JSON.parse(read('manifest.json'));
    expect(manifest).toMatchObject({ version, size: 'quick', node: process.versions.node });
    expect(manifest.figures.map(({ files }: { files: string[] }) => files)).toEqual(
      ['one', 'two'].map((name) => [
        `${name}/${name}.csv`,
        `${name}/${name}.json`,
        ...['left', 'right'].flatMap((side) => [
          `${name}/${name}-${side}.svg`,
          `${name}/${name}-${side}.png`,
        ]),
      ]),
    );
    for (const { files } of manifest.figures)
      for (const file of files) expect(existsSync(inOut(file)), file).toBe(true);
    expect(manifest.figures[0].claims[0].numbers).toEqual({ learned: 3 });
  });

  it('puts the book beside the figures, where it was built, and links to it', async () => {
    mkdirSync(at('book', 'assets'), { recursive: true });
    writeFileSync(at('book', 'index.html'), 'a book');
    writeFileSync(at('book', 'assets', 'style.css'), '');
    mkdirSync(inOut('book'), { recursive: true });
    writeFileSync(inOut('book', 'mine'), 'mine');
    const { code, stderr } = await made([smallFigure('one')], { book: at('book') });
    expect(code).toBe(0);
    expect(stderr).not.toContain('book');
    expect(read('book', 'index.html')).toBe('a book');
    expect(read('book', 'mine')).toBe('mine');
    expect(names('book', 'assets')).toEqual(['style.css']);
    expect(read('index.html')).toContain('<a href="book/index.html">The book</a>');
    expect(JSON.parse(read('manifest.json')).book).toBe('book/index.html');
  });

  it('makes the gallery without a book that was not built, or that finds no place', async () => {
    await made([smallFigure('one')]);
    expect(read('index.html')).not.toContain('The book');
    expect(JSON.parse(read('manifest.json')).book).toBeNull();
    mkdirSync(at('book'));
    writeFileSync(at('book', 'index.html'), 'a book');
    writeFileSync(inOut('book'), 'no folder');
    const { code, stderr } = await made([smallFigure('one')], { book: at('book') });
    expect(code).toBe(0);
    expect(stderr).toContain(
      `alignode: no book beside the figures: ${inOut('book')}: it could not be written (`,
    );
    expect(read('index.html')).not.toContain('The book');
  });

  it('makes those named, each once and in the order of the gallery', async () => {
    const table = ['one', 'two', 'three'].map((name) => smallFigure(name));
    await made(table, { asked: ['three', 'one', 'three'] });
    expect(table.map(({ worked }) => worked)).toEqual([1, 0, 1]);
    expect(names()).toEqual(['index.html', 'manifest.json', 'one', 'plotly.min.js', 'three']);
    await made(table, { asked: ['two', 'all'] });
    expect(table.map(({ worked }) => worked)).toEqual([2, 1, 2]);
  });

  it('keeps figures made before in the gallery, if they are of this version and size', async () => {
    const table = ['one', 'two', 'three'].map((name) => smallFigure(name));
    const shown = (): string[] =>
      JSON.parse(read('manifest.json')).figures.map(({ name }: { name: string }) => name);
    await made(table, { asked: ['one', 'two'] });
    await made(table, { asked: ['three'] });
    expect(shown()).toEqual(['one', 'two', 'three']);
    writeFileSync(inOut('two', 'two.json'), read('two', 'two.json').replace(version, '0.0.1'));
    await made(table, { asked: ['three'] });
    expect(shown()).toEqual(['one', 'three']);
    writeFileSync(inOut('one', 'one.json'), read('one', 'one.json').slice(0, 50));
    await made(table, { asked: ['three'] });
    expect(shown()).toEqual(['three']);
    await made(table, { asked: ['two'], values: { full: true } });
    expect(shown()).toEqual(['two']);
  });

  it('names the claims that do not hold, which is no failure', async () => {
    const claims = (['yes', 'no', 'not as printed', 'undecided'] as const).map((holds) => ({
      by: 'paper' as const,
      says: `It is ${holds}.`,
      holds,
      found: '',
      numbers: {},
    }));
    const { code, stderr } = await made([smallFigure('one', { drawing: { claims } })]);
    expect(code).toBe(0);
    expect(stderr).toContain(
      ': 1 of 4 claims hold; does not hold: It is no.; not as printed: It is not as printed.; undecided: It is undecided.\n',
    );
  });

  it('uses the CPU unless told otherwise, but with --full what is fastest', async () => {
    const machines: unknown[] = [];
    const watcher = smallFigure('one', {
      during: (workshop) => workshop.piece('look', {}, async ({ machine }) => machines.push(machine)),
    });
    for (const values of [{}, { full: true }, { backend: 'reference', threads: '2' }])
      await made([watcher], { values });
    expect(machines).toEqual([{ backend: 'cpu' }, {}, { backend: 'reference', threads: 2 }]);
  });

  it('refuses wrong options of simulations before other figures meet them too', async () => {
    const table = ['one', 'two'].map((name) =>
      smallFigure(name, {
        during: async () => {
          throw new AlignodeError('invalid-option', 'adapter: there is none', { path: 'adapter' });
        },
      }),
    );
    await expect(made(table)).rejects.toThrow('--adapter: there is none');
    expect(table.map(({ worked }) => worked)).toEqual([1, 0]);
  });

  it('does not lose the others to a figure that throws', async () => {
    const during = async (): Promise<never> => {
      throw new TypeError('x is not a function');
    };
    const table = [smallFigure('one', { during }), smallFigure('two')];
    const { code, stdout, stderr } = await made(table);
    expect([code, stdout]).toEqual([1, `${inOut('index.html')}\n`]);
    expect(stderr).toContain('alignode: one failed: TypeError: x is not a function\n');
    expect(stderr).toMatch(
      /alignode: 1 of 2 figures failed: one; the work done .* is kept in .*pieces, and the same/,
    );
    expect(names()).toEqual(['.pieces', 'index.html', 'manifest.json', 'plotly.min.js', 'two']);
  });

  it('stops the other work of a figure that throws, which may fail too', async () => {
    let stopped = false;
    const figure = smallFigure('one', {
      during: (workshop) => {
        workshop.piece('long', {}, async ({ signal }) => {
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          stopped = true;
          throw new Error('heard by nobody');
        });
        return Promise.reject(new Error('no'));
      },
    });
    expect((await made([figure])).code).toBe(1);
    await new Promise(setImmediate);
    expect(stopped).toBe(true);
  });

  describe('a run that is broken off', () => {
    const table = () => {
      let interrupt = (): void => undefined;
      const listen = (listener: () => void): void => {
        interrupt = listener;
      };
      const during = async (): Promise<void> => interrupt();
      return { listen, table: [smallFigure('one'), smallFigure('two', { during }), smallFigure('three')] };
    };

    it('keeps finished figures and pieces, says so, and goes on from there', async () => {
      const { listen, table: first } = table();
      const { code, stdout, stderr } = await made(first, {
        listen: (listener) => {
          listen(listener);
        },
      });
      // The second figure finished the piece at hand, and was told to stop then.
      expect(first.map(({ worked }) => worked)).toEqual([1, 1, 0]);
      expect(code).toBe(1);
      expect(stdout).toBe(`${inOut('index.html')}\n`);
      expect(stderr).toContain(
        `the work done for others is kept in ${inOut('.pieces')}, and the same command goes on`,
      );

      const again = ['one', 'two', 'three'].map((name) => smallFigure(name));
      expect((await made(again)).code).toBe(0);
      expect(again.map(({ worked }) => worked)).toEqual([0, 0, 1]);
      expect(names()).toEqual(['index.html', 'manifest.json', 'one', 'plotly.min.js', 'three', 'two']);
    });

    it('leaves pieces of other figures alone when those asked for are finished', async () => {
      const { listen, table: first } = table();
      await made(first, { listen });
      const again = ['one', 'two', 'three'].map((name) => smallFigure(name));
      await made(again, { asked: ['three'] });
      expect(names()).toContain('.pieces');
      await made(again, { asked: ['one', 'two'] });
      expect(again.map(({ worked }) => worked)).toEqual([0, 0, 1]);
      expect(names()).not.toContain('.pieces');
    });

    it('makes damaged pieces again, and removes what is of no use', async () => {
      const { listen, table: first } = table();
      await made(first, { listen, asked: ['two', 'three'] });
      for (const damaged of ['', '{"key":', 'null', '{"key":"other","value":{"value":[1],"works":[]}}']) {
        writeFileSync(piece(), damaged);
        const again = [smallFigure('two', { during: () => Promise.reject(new Error('keep')) })];
        await made(again);
        expect(again[0].worked).toBe(1);
      }
      mkdirSync(inOut('.pieces', '0.0.1'));
      writeFileSync(inOut('.pieces', '0.0.1', 'old.json'), '{}');
      // As a process leaves it that was killed while it wrote; no process has this number.
      const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
      writeFileSync(inOut('.pieces', version, `.half.json.${host}-4194305-0123abcd`), '{');
      await made([smallFigure('two')]);
      expect(names()).toEqual(['index.html', 'manifest.json', 'plotly.min.js', 'two']);
    });

    it('writes no gallery where nothing was finished', async () => {
      const { code, stdout, stderr } = await made([smallFigure('one')], {
        listen: (listener) => listener(),
      });
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toBe(
        'alignode: interrupted; 0 of 1 figures were finished; the same command begins anew\n',
      );
      expect(names()).toEqual(['plotly.min.js']);
    });
  });
});

describe('what alignode reproduce refuses', () => {
  it('an unknown figure, with the nearest and all names', async () => {
    const stderr = await refusal('2a', figures[0].name.concat('a'), '--out', out);
    const all = figures.map(({ name }) => name).join(', ');
    expect(stderr).toBe(
      `alignode: there is no figure "2aa" (did you mean 2a?); the figures are ${all}, all (alignode reproduce --help)\n`,
    );
    expect(existsSync(out)).toBe(false);
  });

  it('a place where no folder can be, before any work', async () => {
    writeFileSync(at('file'), '');
    symlinkSync(at('nowhere'), at('link'));
    for (const name of ['file', 'link', 'file/below', 'link/below'])
      expect(await refusal('--out', at(name))).toBe(
        `alignode: ${at(name.split('/')[0])}: there is something of that name that is no folder, or a link to nothing; remove it, or name another folder with --out\n`,
      );
    for (const name of ['', '-'])
      expect(await refusal('--out', name)).toContain(`--out: found "${name}"; name a folder`);
  });

  it.runIf(process.platform === 'linux')('a place where nothing can be made', async () => {
    expect(await refusal('--out', '/proc/none')).toContain('/proc/none: it could not be made');
  });

  it('a folder in the place of a file, and a file in the place of a figure’s folder', async () => {
    mkdirSync(inOut('index.html'), { recursive: true });
    expect(await refusal('--out', out)).toContain('index.html: that is a folder');
    rmSync(inOut('index.html'), { recursive: true });
    writeFileSync(inOut(figures[0].name), '');
    expect(await refusal('--out', out)).toContain(
      `${inOut(figures[0].name)}: there is something of that name`,
    );
  });

  it('wrong options', async () => {
    expect(await refusal('--out', out, '--threads', '0')).toContain('--threads: found 0; use a whole number');
    expect(await refusal('--out', out, '--backend', 'abacus')).toContain(
      '--backend: found "abacus"; use one of',
    );
    expect(await refusal('--out', out, '--N', '5')).toContain("Unknown option '--N'");
    expect(existsSync(out)).toBe(false);
  });
});

describe('the nearest name', () => {
  const known = ['2a', '2b', '3a', '4', 'plateau', 'finite-size'];
  it.each([
    ['2d', '2a'],
    ['3', '3a'],
    ['3A', '3a'],
    ['a3', '3a'],
    ['fig4', '4'],
    ['figure-2b', '2b'],
    ['plato', 'plateau'],
    ['finitesize', 'finite-size'],
    ['xyz', undefined],
    ['spectrum', undefined],
  ])('to %s is %s', (word, name) => expect(nearest(word, known)).toBe(name));
});

it('there is an SVG with every trace and a PNG of twice its size for each panel', async () => {
  await made([smallFigure('one')]);
  expect(names('one')).toEqual([
    ...['one-left.png', 'one-left.svg', 'one-right.png', 'one-right.svg'],
    ...['one.csv', 'one.json'],
  ]);
  const svg = read('one', 'one-left.svg');
  for (const text of ['theory of left', 'student of left', 'one, left', 'time', 'error'])
    expect(svg).toContain(text);
  const [, width, height] = /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  // The size stands at the same place of every PNG (W3C PNG, 11.2.2).
  const png = readFileSync(inOut('one', 'one-left.png'));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * Number(width), 2 * Number(height)]);
  expect(names()).toEqual(['index.html', 'manifest.json', 'one', 'plotly.min.js']);
});

it('where nothing draws PNG, the SVG are there, old PNG are removed, and the gallery says why', async () => {
  await made([smallFigure('one')]);
  vi.doMock('@resvg/resvg-js', () => {
    throw new Error('no such platform');
  });
  const { code, stderr } = await made([smallFigure('one')]);
  vi.doUnmock('@resvg/resvg-js');
  expect(code).toBe(0);
  expect(stderr).toContain('no PNG: the package @resvg/resvg-js does not load here');
  expect(names('one')).toEqual(['one-left.svg', 'one-right.svg', 'one.csv', 'one.json']);
  expect(JSON.parse(read('manifest.json')).images).toContain('no PNG');
});

describeChromium('the gallery in a browser', () => {
  const browser = browserOfRun();

  it('shows every panel, without a fault or a request for anything beside the page', async () => {
    await made([smallFigure('one'), smallFigure('two')]);
    const page = await browser().newPage();
    const faults: unknown[] = [];
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => faults.push(error));
    page.on('console', (message) => {
      if (['error', 'warning', 'assert'].includes(message.type())) faults.push(message.text());
    });
    await page.goto(pathToFileURL(inOut('index.html')).href);
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.plot')].every((plot) => plot.querySelector('.main-svg .trace')),
    );
    expect(await page.locator('.plot').count()).toBe(4);
    await page.close();
    expect(faults).toEqual([]);
    expect(requests.length).toBeGreaterThanOrEqual(2);
    expect(requests.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
  });
});
