import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { listen, stop } from '../../src/cli/serve/listen.ts';
import { PAGE_POLICY } from '../../src/cli/serve/policies.ts';
import { staticServer } from '../../src/cli/serve/server.ts';
import { findChromium } from '../../src/support/chromium.ts';

/*
 * One Chromium and one server of the explore page for all tests of a run. Each is started when the first test asks for
 * it: runs without pages pay for neither.
 */

declare module 'vitest' {
  interface ProvidedContext {
    /** Where tests ask for addresses: /chromium for that of the browser, /explore for that of the page. */
    pageHost: string;
  }
}

/** Chromium draws its own window as pages do. Of these parts each window would start two processes, which no test needs. */
const PARTS_OF_THE_WINDOW = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

const CHROMIUM = [
  '--no-sandbox',
  // Nothing leaves the machine.
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  `--disable-features=${PARTS_OF_THE_WINDOW}`,
];

/** `npm test` has built the page just now; whoever runs a file alone may have changed it since. */
const justBuilt = /^test(:all|:slow)?$/.test(process.env.npm_lifecycle_event ?? '')
  ? join(import.meta.dirname, '../../dist/web')
  : undefined;

interface Started {
  address: string;
  close(): Promise<unknown>;
}

async function startChromium(): Promise<Started> {
  const { chromium } = await import('playwright');
  // Suites that need it are skipped where there is none.
  const executablePath = findChromium()!;
  const server = await chromium.launchServer({ executablePath, host: '127.0.0.1', args: CHROMIUM });
  return { address: server.wsEndpoint(), close: () => server.close() };
}

async function servePage(): Promise<Started> {
  const folder = justBuilt ?? mkdtempSync(join(tmpdir(), 'alignode-page-'));
  if (justBuilt === undefined) {
    const { buildWeb } = await import('../../scripts/build-web.mjs');
    await buildWeb(folder);
  }
  const server = staticServer([{ at: '', folder, policy: PAGE_POLICY, unbuilt: '' }]);
  return {
    address: `http://127.0.0.1:${await listen(server, 0)}/`,
    close: async () => {
      await stop(server);
      if (justBuilt === undefined) rmSync(folder, { recursive: true });
    },
  };
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const starts: Record<string, () => Promise<Started>> = {
    '/chromium': startChromium,
    '/explore': servePage,
  };
  const started = new Map<string, Promise<Started>>();
  const host = createServer(({ url = '' }, response) => {
    const one = started.get(url) ?? starts[url]();
    started.set(url, one);
    one.then(
      ({ address }) => response.end(address),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  project.provide('pageHost', `http://127.0.0.1:${await listen(host, 0)}`);
  return async () => {
    const all = await Promise.allSettled(started.values());
    for (const one of all) if (one.status === 'fulfilled') await one.value.close();
    await stop(host);
  };
}
