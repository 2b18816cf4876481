import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SimulateOptions, type Simulation, simulate } from '../../../src/index.ts';
import { describeChromium } from '../../support/chromium.ts';
import { browserOfRun } from '../../support/reader.ts';
import { drawnProblem } from '../../support/simulations.ts';

const options: SimulateOptions = { N: 30, runs: 9, seed: 6, redraw: ['student'], threads: 2 };
const root = new URL('../../..', import.meta.url).pathname;
const [TYPES, OTHER]: [Record<string, string>, string] = [{ '.html': 'text/html' }, 'text/javascript'];

/** What is asked of a page that was built: the simulation in it, and in one of its workers. */
const main = (library: string): string => `
  import { simulate } from '${library}';
  globalThis.inPage = (problem, options) => simulate(problem, options);
  globalThis.inWorker = (...asked) => new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./own.js', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(asked);
  });`;
const own = (library: string): string => `
  import { simulate } from '${library}';
  self.onmessage = ({ data }) => simulate(...data).then((found) =>
    self.postMessage(JSON.parse(JSON.stringify(found))), (error) => self.postMessage(String(error)));`;

async function built(library: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'alignode-'));
  mkdirSync(join(folder, 'page'));
  writeFileSync(join(folder, 'page/index.html'), '<script type="module" src="./main.js"></script>');
  writeFileSync(join(folder, 'page/main.js'), main(library));
  writeFileSync(join(folder, 'page/own.js'), own(library));
  await build({
    root: join(folder, 'page'),
    configFile: false,
    logLevel: 'silent',
    worker: { format: 'es' },
    build: { outDir: join(folder, 'out'), target: 'es2022' },
  });
  return folder;
}

/** Serves a folder; pages of it may have workers unless the address ends in "?none". */
async function serve(folder: string): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const { pathname, search } = new URL(url, 'http://localhost');
    try {
      const content = readFileSync(join(folder, pathname === '/' ? 'index.html' : pathname));
      const type = TYPES[pathname === '/' ? '.html' : extname(pathname)] ?? OTHER;
      const policy = search === '?none' && { 'content-security-policy': "worker-src 'none'" };
      response.writeHead(200, { 'content-type': type, ...policy }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describeChromium('a page that was built with Vite', () => {
  const browser = browserOfRun();
  let here: unknown;
  beforeAll(async () => {
    here = JSON.parse(JSON.stringify(await simulate(drawnProblem(), { ...options, threads: 1 })));
  });

  describe.each([
    ['the sources', join(root, 'src/index.ts')],
    ['what is published', join(root, 'dist/index.js')],
  ])('from %s', (_what, library) => {
    let folder: string;
    let server: Server;
    beforeAll(async () => {
      folder = await built(library);
      server = await serve(join(folder, 'out'));
    });
    afterAll(() => {
      server?.close();
      rmSync(folder, { recursive: true });
    });

    /** The simulation made there, and how many workers were loaded. */
    async function made(where: 'inPage' | 'inWorker', search = ''): Promise<[Simulation, number]> {
      const page = await browser().newPage();
      const scripts: string[] = [];
      page.on('request', (request) => scripts.push(request.url()));
      page.on('worker', (worker) => scripts.push(worker.url()));
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${search}`);
      const asked = JSON.stringify([drawnProblem(), options]);
      const found = await page.evaluate(`${where}(...${asked}).then((it) => JSON.parse(JSON.stringify(it)))`);
      await page.close();
      return [found as Simulation, scripts.filter((url) => /pageWorker/.test(url)).length];
    }

    it.each(['inPage', 'inWorker'] as const)('%s, workers give the numbers of Node', async (where) => {
      const [found, workers] = await made(where);
      expect(found).toEqual({ ...(here as Simulation), settings: { ...found.settings, threads: 2 } });
      expect(found.notes).toEqual([]);
      expect(workers).toBeGreaterThan(0);
    });

    it('whose policy has no workers, does without', async () => {
      const [found] = await made('inPage', '?none');
      expect(found.settings.threads).toBe(1);
      expect(found.notes).toEqual([expect.stringMatching(/^no worker could be started/)]);
      expect(found.perRun).toEqual((here as Simulation).perRun);
    });

    it('whose worker was not taken along, does without', async () => {
      const assets = join(folder, 'out/assets');
      for (const name of readdirSync(assets)) if (/pageWorker/.test(name)) rmSync(join(assets, name));
      const [found] = await made('inPage');
      expect(found.notes).toEqual([
        expect.stringMatching(/^no worker could be started \(its script could not/),
      ]);
      expect(found.perRun).toEqual((here as Simulation).perRun);
    });
  });
});
