import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findChromium, findSwiftShader } from '../../src/chromium.ts';
import { openBrowser } from '../../src/cli/chromium/browser.ts';
import { printer } from '../../src/cli/chromium/printer.ts';
import { AlignodeError } from '../../src/index.ts';
import { describeChromium } from '../support/chromium.ts';
import { alignode } from '../support/world.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
/** What lies where temporary files go, which is a place of this test's own. */
const left = (): string[] => readdirSync(at('tmp'));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
  mkdirSync(at('tmp'));
  vi.stubEnv('TMPDIR', at('tmp'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A program in place of Chromium. */
function program(name: string, script: string): string {
  const path = at(name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

async function failure(work: Promise<unknown>): Promise<AlignodeError> {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(AlignodeError);
  return error as AlignodeError;
}

describe('finding Chromium', () => {
  it('takes what CHROMIUM names, and refuses what is no program', () => {
    const path = program('chromium', 'exit 0');
    expect(findChromium({ CHROMIUM: path, PATH: '' })).toBe(path);
    for (const wrong of [folder, at('none')])
      expect(() => findChromium({ CHROMIUM: wrong })).toThrow(`CHROMIUM: ${wrong} is no program; name`);
  });

  it('looks in the folders of PATH, for every usual name', () => {
    mkdirSync(at('empty'));
    const path = program('google-chrome', 'exit 0');
    expect(findChromium({ PATH: `${at('empty')}:${folder}` })).toBe(path);
  });

  // Elsewhere the usual places are not in PATH alone.
  it.runIf(process.platform === 'linux')('finds none where there is none', () => {
    expect(findChromium({ PATH: folder })).toBeUndefined();
    expect(findChromium({})).toBeUndefined();
  });
});

describe.skipIf(process.platform === 'win32')('finding the GPU in software', () => {
  const driver = 'vk_swiftshader_icd.json';

  it('looks beside what CHROMIUM names, and there alone', () => {
    const env = { CHROMIUM: program('browser', 'exit 0'), PATH: at('other') };
    mkdirSync(at('other'));
    program('other/chromium', 'exit 0');
    writeFileSync(at(`other/${driver}`), '');
    expect(findSwiftShader(env)).toEqual({
      lookedFor: `${driver} in ${folder}, /usr/lib/browser, /usr/lib64/browser`,
    });
    writeFileSync(at(driver), '');
    expect(findSwiftShader(env).file).toBe(at(driver));
    // The browser itself need not work.
    expect(findSwiftShader({ CHROMIUM: at('none') }).file).toBe(at(driver));
  });

  it('looks beside every browser in PATH, where links lead', () => {
    for (const name of ['bin', 'one', 'two']) mkdirSync(at(name));
    program('one/chromium-here', 'exit 0');
    program('two/chrome-here', 'exit 0');
    symlinkSync(at('one/chromium-here'), at('bin/chromium'));
    symlinkSync(at('two/chrome-here'), at('bin/google-chrome'));
    writeFileSync(at(`two/${driver}`), '');
    expect(findSwiftShader({ PATH: at('bin') }).file).toBe(at(`two/${driver}`));
  });

  it.runIf(process.platform === 'linux')('says so where there is no browser', () => {
    expect(findSwiftShader({ PATH: folder })).toEqual({
      lookedFor: `${driver} beside chromium, chromium-browser, google-chrome or google-chrome-stable, of which none is in PATH`,
    });
  });
});

describe.skipIf(process.platform === 'win32')('a browser that does not work', () => {
  it.each([
    [
      'ends at once',
      60_000,
      'echo "[1:2:ERROR:zygote] No usable sandbox!" >&2; exit 1',
      'ended by itself: No usable sandbox!',
    ],
    ['never answers', 500, 'exec sleep 1000', 'did not start within 0.5 s'],
    ['leaves a helper behind', 60_000, 'sleep 1000 & exit 3', 'ended by itself'],
  ])('that %s fails with a sentence, and nothing of it stays', async (_, limit, script, words) => {
    const { code, message } = await failure(openBrowser(program('broken', script), { limit }));
    expect([code, message]).toEqual(['not-available', `Chromium (${at('broken')}) ${words}`]);
    expect(left()).toEqual([]);
  });

  it('that is no program at all does so too', async () => {
    const { message } = await failure(openBrowser(at('none')));
    expect(message).toContain(`Chromium (${at('none')}) could not be started: `);
    expect(left()).toEqual([]);
  });

  it('is named by the doctor, and no fault of the installation', async () => {
    for (const [path, words] of [
      [program('broken', 'exit 1'), 'ended by itself; figures come without SVG and PNG'],
      [at('none'), 'is no program; name that'],
    ]) {
      vi.stubEnv('CHROMIUM', path);
      const { code, stdout } = await alignode('doctor');
      expect([code, stdout]).toEqual([0, expect.stringContaining('none    Chromium: ')]);
      expect(stdout).toContain(words);
    }
  });

  it('costs pictures and no more', async () => {
    const prints = { html: '', beside: folder, names: ['a'], folder };
    const { signal } = new AbortController();
    const broken = printer(program('broken', 'exit 1'), signal);
    expect(await broken.print(prints)).toMatch(/^no SVG and PNG: Chromium \(.*\) ended by itself$/);
    const none = printer(undefined, signal);
    expect(await none.print(prints)).toBe(
      'no SVG and PNG: no Chromium was found; Debian: apt-get install chromium; elsewhere set CHROMIUM=path',
    );
    for (const one of [broken, none]) await one.close();
    expect(readdirSync(folder)).toEqual(['broken', 'tmp']);
  });
});

describeChromium('Chromium', (chromium) => {
  const page = (script: string): string => {
    writeFileSync(at('page.html'), `<!doctype html><meta charset="utf-8"><p>ü</p><script>${script}</script>`);
    return at('page.html');
  };

  it('opens a file, waits for promises, and leaves nothing behind', async () => {
    const browser = await openBrowser(chromium);
    const { evaluate, close } = await browser.open(page('window.later = Promise.resolve([1, "é"])'));
    expect(await evaluate('later')).toEqual([1, 'é']);
    expect(await evaluate('document.querySelector("p").textContent')).toBe('ü');
    // More than a pipe holds at once.
    expect(await evaluate('"ä".repeat(3e6)')).toBe('ä'.repeat(3e6));
    await close();
    await browser.close();
    expect(left()).toEqual([]);
    expect((await failure(browser.open(at('page.html')))).code).toBe('not-available');
  });

  it('passes on what fails in a page, and goes on', async () => {
    const browser = await openBrowser(chromium);
    const { evaluate } = await browser.open(page(''));
    expect((await failure(evaluate('Promise.reject(new Error("no ink"))'))).message).toBe(
      'a page failed in Chromium: Error: no ink',
    );
    expect(await evaluate('1 + 1')).toBe(2);
    expect((await failure(browser.open(at('none.html')))).message).toContain('could not open');
    await browser.close();
  });

  it('is ended when it takes too long', async () => {
    const browser = await openBrowser(chromium);
    const { evaluate } = await browser.open(page(''));
    // A minute passes at once: however slow the machine, the browser has started and opened the page in its own time.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const endless = failure(evaluate('new Promise(() => {})'));
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect((await endless).message).toContain('did not answer within 60 s');
    await browser.close();
    expect(left()).toEqual([]);
  });

  it('is ended by the signal, whatever it is at', async () => {
    const controller = new AbortController();
    const browser = await openBrowser(chromium, { signal: controller.signal });
    const { evaluate } = await browser.open(page(''));
    const endless = evaluate('for (;;);');
    controller.abort();
    expect((await failure(endless)).code).toBe('interrupted');
    await browser.close();
    expect(left()).toEqual([]);
    expect((await failure(openBrowser(chromium, { signal: controller.signal }))).code).toBe('interrupted');
    expect(left()).toEqual([]);
  });

  it('reaches no network, not even this machine', async () => {
    let asked = 0;
    const server = createServer((_, answer) => {
      asked++;
      answer.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const browser = await openBrowser(chromium);
    const { evaluate } = await browser.open(page(''));
    for (const host of ['127.0.0.1', 'localhost', 'example.org'])
      expect(
        await evaluate(
          `fetch('http://${host}:${port}/', { mode: 'no-cors' }).then(() => 'there', () => 'not there')`,
        ),
      ).toBe('not there');
    await browser.close();
    server.close();
    expect(asked).toBe(0);
  });

  it('prints each panel, and gives up a figure that it cannot draw without losing the next', async () => {
    const { signal } = new AbortController();
    const one = printer(chromium, signal);
    const render = (value: string) => ({
      html: `<!doctype html><script>window.render = async (i, format) => ${value}</script>`,
      beside: folder,
      names: ['a', 'b'],
      folder,
    });
    expect(await one.print(render('undefined'))).toBe('no SVG and PNG: Chromium drew nothing for a');
    expect(await one.print(render('{ throw new Error("no ink") }'))).toBe(
      'no SVG and PNG: a page failed in Chromium: Error: no ink',
    );
    const data =
      "format === 'svg' ? 'data:image/svg+xml,%3Csvg%3E' + i + '%C3%BC' : 'data:image/png;base64,AAEC/w=='";
    expect(await one.print(render(data))).toBeUndefined();
    await one.close();
    expect(readdirSync(folder).sort()).toEqual(['a.png', 'a.svg', 'b.png', 'b.svg', 'tmp']);
    expect(readFileSync(at('b.svg'), 'utf8')).toBe('<svg>1ü');
    expect([...readFileSync(at('a.png'))]).toEqual([0, 1, 2, 255]);
    expect(left()).toEqual([]);
  });
});
