import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layout } from '../../scripts/book/layout.ts';
import { explore, PORTS } from '../../src/cli/explore.ts';
import type { Served } from '../../src/cli/serve/files.ts';
import { listen, listenOnFirst, stop } from '../../src/cli/serve/listen.ts';
import { staticServer } from '../../src/cli/serve/server.ts';
import { AlignodeError } from '../../src/index.ts';
import { standIn } from '../support/exploreFolders.ts';
import { get, rawRequest } from '../support/rawRequest.ts';
import { temporaryFolder } from '../support/site.ts';
import { alignode, worldOf } from '../support/world.ts';

const folder = temporaryFolder();
const folders = standIn(folder);
const SECRET = 'what nobody outside may read';
writeFileSync(join(folder, 'secret.txt'), SECRET);
mkdirSync(join(folder, 'page-of-another'));
writeFileSync(join(folder, 'page-of-another/secret.txt'), SECRET);

/** Starts the command in this process; `press` is Ctrl-C. */
async function started(values: Record<string, string> = { port: '0' }, of = folders, usual?: number[]) {
  let press = (): void => undefined;
  const { world, outcome } = worldOf({
    on: (_event, listener) => {
      press = listener;
    },
  });
  const printed = new Promise<void>((resolve) => {
    const write = world.stdout.write.bind(world.stdout);
    world.stdout.write = (text: string) => {
      resolve();
      return write(text);
    };
  });
  const ended = explore(values, world, of, usual);
  await Promise.race([printed, ended]);
  const port = Number(/^http:\/\/127\.0\.0\.1:(\d+)\/\n$/.exec(outcome.stdout)?.[1]);
  return { port, outcome, ended, press: () => press() };
}

let port: number;
let end: () => Promise<unknown>;
beforeAll(async () => {
  const running = await started();
  port = running.port;
  end = () => {
    running.press();
    return running.ended;
  };
});
afterAll(() => end());

describe('the page and the book', () => {
  it.each([
    ['/', 'The page', 'text/html; charset=utf-8'],
    ['/?eta=0.1&x=/../y', 'The page', 'text/html; charset=utf-8'],
    ['/index.html', 'The page', 'text/html; charset=utf-8'],
    ['/assets/page.js', 'é', 'text/javascript; charset=utf-8'],
    ['/assets/page.css', 'color', 'text/css; charset=utf-8'],
    ['/assets/students.wasm', '\0asm', 'application/wasm'],
    ['/assets/a%20b.svg', '<svg/>', 'image/svg+xml; charset=utf-8'],
    ['/book/', 'The book', 'text/html; charset=utf-8'],
    ['/book/index.html', 'The book', 'text/html; charset=utf-8'],
    ['/book/api/', 'The API', 'text/html; charset=utf-8'],
    ['/book/assets/fonts/a.woff2', '\u0001\u0002\u0003', 'font/woff2'],
  ])('are served: %s', async (target, holds, type) => {
    const { status, headers, body } = await get(port, target);
    expect([status, headers['content-type']]).toEqual([200, type]);
    expect(body).toContain(holds);
    expect(Number(headers['content-length'])).toBe(Buffer.byteLength(body));
  });

  it.each([
    ['/book', '/book/'],
    ['/book/api', '/book/api/'],
    ['/assets', '/assets/'],
  ])('have folders, whose links need the slash at the end: %s', async (target, location) => {
    const { status, headers } = await get(port, target);
    expect([status, headers.location]).toEqual([301, location]);
  });

  it('are described to HEAD, without being sent', async () => {
    const [got, head] = [await get(port, '/'), await get(port, '/', {}, 'HEAD')];
    expect([head.status, head.body]).toEqual([200, '']);
    expect({ ...head.headers, date: '' }).toEqual({ ...got.headers, date: '' });
  });

  it('are sent again only when they have changed, be it within a second and to the same length', async () => {
    const path = join(folders.page, 'changing.txt');
    writeFileSync(path, 'one');
    const first = await get(port, '/changing.txt');
    const known = { 'if-none-match': first.headers.etag };
    const again = await get(port, '/changing.txt', known);
    expect([again.status, again.body]).toEqual([304, '']);
    writeFileSync(path, 'two');
    expect(await get(port, '/changing.txt', known)).toMatchObject({ status: 200, body: 'two' });
  });

  it('come with a policy that allows what each needs, and with headers that keep others out', async () => {
    const page = await get(port, '/');
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; " +
        "worker-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    const refused = await get(port, '/nothing');
    expect(refused.headers['content-security-policy']).toMatch(/^default-src 'none'; base-uri/);
    for (const { headers } of [page, refused, await get(port, '/book/')])
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-cache',
      });
  });

  it('holds the page to the policy that it has on other servers too, and lets it stand in no frame', async () => {
    const source = readFileSync(new URL('../../src/web/index.html', import.meta.url), 'utf8');
    const own = / content="(default-src [^"]*)"/.exec(source)![1];
    const { headers } = await get(port, '/');
    expect(headers['content-security-policy']).toBe(`${own}; frame-ancestors 'none'`);
  });

  it("holds the book to its pages' own policy, less what is for pages on a disk", async () => {
    const page = { path: 'index.html', title: '', html: '', headings: [] };
    const own = / content="(default-src [^"]*)"/.exec(layout(page as never, [], {}))![1];
    const { headers } = await get(port, '/book/');
    expect(headers['content-security-policy']).toBe(
      `${own.replaceAll(' file:', '')}; frame-ancestors 'none'`,
    );
  });
});

describe('where there is no book', () => {
  it('its addresses say how to build it, and the page is served', async () => {
    const { port, press, ended } = await started({}, { ...folders, book: join(folder, 'no-book') });
    for (const target of ['/book', '/book/', '/book/api/index.html']) {
      const { status, headers, body } = await get(port, target);
      expect([status, headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
      expect(body).toContain('<p>The book is not built: npm run docs builds it.</p>');
    }
    expect((await get(port, '/')).status).toBe(200);
    press();
    await ended;
  });
});

describe('what is refused', () => {
  it.each([
    ['/../secret.txt', 400],
    ['/assets/../../secret.txt', 400],
    ['/%2e%2e/secret.txt', 400],
    ['/.%2E/secret.txt', 400],
    ['/assets/%2e%2e/%2e%2e/secret.txt', 400],
    ['/..%2fsecret.txt', 400],
    ['/assets%2F..%2F..%2Fsecret.txt', 400],
    ['/..\\secret.txt', 400],
    ['/..%5csecret.txt', 400],
    ['/%252e%252e/secret.txt', 404],
    ['/../page-of-another/secret.txt', 400],
    ['/book/../../secret.txt', 400],
    ['/book/%2e%2e/%2e%2e/secret.txt', 400],
    ['/index.html%00.txt', 400],
    ['/%', 400],
    ['/%zz', 400],
    ['/%c0%ae%c0%ae/secret.txt', 400],
    ['/%ff', 400],
    ['/\xe9', 400],
    ['/%c3%a9', 404],
    ['//index.html', 400],
    ['//secret.txt/..', 400],
    ['/C:/secret.txt', 400],
    ['/index.html::$DATA', 400],
    ['/index.html/', 404],
    ['/index.html/x', 404],
    ['/nothing', 404],
    ['/assets/', 404],
    ['index.html', 400],
    ['*', 400],
  ])('%s', async (target, expected) => {
    const { status, body } = await get(port, target);
    expect(status).toBe(expected);
    expect(body).not.toContain(SECRET);
  });

  it('a name that no system would take', async () => {
    expect((await get(port, `/${'a'.repeat(5000)}`)).status).toBe(404);
  });

  it('an address as proxies get it, and one with the whole path of a file', async () => {
    for (const target of [
      `http://127.0.0.1:${port}/`,
      join(folder, 'secret.txt'),
      `/${join(folder, 'secret.txt')}`,
    ]) {
      const { status, body } = await get(port, target);
      expect([400, 404]).toContain(status);
      expect(body).not.toContain(SECRET);
    }
  });

  it('links that lead out of the folder, of a file, a folder or a first page, and pipes', async () => {
    const links = {
      'link.txt': '../secret.txt',
      'link-out': '..',
      // Its path begins as that of the page's folder does.
      'link-beside': '../page-of-another',
      'with-link/index.html': '../../secret.txt',
      'link-in.txt': 'assets/page.css',
      loop: 'loop',
    };
    mkdirSync(join(folders.page, 'with-link'));
    for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folders.page, name));
    execFileSync('mkfifo', [join(folders.page, 'pipe')]);
    const refused = [
      '/link.txt',
      '/link-out/secret.txt',
      '/link-beside/secret.txt',
      '/with-link/',
      '/loop',
      '/pipe',
    ];
    for (const target of refused) {
      const { status, body } = await get(port, target);
      expect([target, status]).toEqual([target, 404]);
      expect(body).not.toContain(SECRET);
    }
    expect((await get(port, '/link-in.txt')).body).toContain('color');
    for (const name of [...Object.keys(links), 'with-link', 'pipe'])
      rmSync(join(folders.page, name), { recursive: true });
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH'])(
    'the method %s, with the two that would do',
    async (method) => {
      const { status, headers } = await get(port, '/', { 'content-length': '0' }, method);
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
    },
  );

  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    'localhost',
    '127.0.0.1:1',
    'localhost.evil.example:PORT',
    '127.0.0.1:PORT.evil.example',
    'user@127.0.0.1:PORT',
    '0.0.0.0:PORT',
    '[::1]:PORT',
    '',
  ])('another name of the server, as a page of another site would bring: %s', async (host) => {
    const { status, body } = await get(port, '/', { host: host.replace('PORT', `${port}`) });
    expect(status).toBe(421);
    expect(body).toContain(`This server answers to 127.0.0.1:${port} and localhost:${port} alone`);
  });

  it('no name at all', async () => {
    expect((await rawRequest(port, 'GET / HTTP/1.0\r\n\r\n')).status).toBe(421);
    expect((await rawRequest(port, 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n')).status).toBe(400);
  });

  it('neither of its own two, in whatever letters', async () => {
    for (const name of ['localhost', 'LocalHost', '127.0.0.1'])
      expect((await get(port, '/', { host: `${name}:${port}` })).status).toBe(200);
  });
});

describe('alignode explore', () => {
  it('prints the address alone on standard output, and what to do beside it; Ctrl-C ends it with code 0', async () => {
    const { port, outcome, press, ended } = await started({ port: '0' });
    expect(outcome.stdout).toBe(`http://127.0.0.1:${port}/\n`);
    expect(outcome.stderr).toBe('alignode: open this address in a browser; Ctrl-C ends\n');
    press();
    // A second signal comes where npx passes the first on.
    press();
    expect(await ended).toBe(0);
    await expect(get(port, '/')).rejects.toThrow('ECONNREFUSED');
  });

  it('takes the first of its usual ports if none is asked for, so that links last, or the next that is free', async () => {
    expect([PORTS[0], PORTS[1], PORTS.at(-1)]).toEqual([6230, 6231, 0]);
    const tried: number[] = [];
    const server = createServer();
    server.listen = ((wanted: number) => {
      tried.push(wanted);
      const code = wanted < 6232 ? 'EADDRINUSE' : undefined;
      process.nextTick(() =>
        code ? server.emit('error', Object.assign(new Error(code), { code })) : server.emit('listening'),
      );
      return server;
    }) as typeof server.listen;
    server.address = () => ({ port: tried.at(-1)!, address: '', family: '' });
    expect(await listenOnFirst(server, PORTS)).toBe(6232);
    expect(tried).toEqual([6230, 6231, 6232]);
    const { stdout } = await alignode('explore', '--help');
    expect(stdout).toContain('(if not given, 6230 or the next that is free)');
  });

  it('says that its usual port is in use, where links lead that were made before', async () => {
    const other = await started({}, folders, [port, 0]);
    expect(other.outcome.stderr).toBe(
      `alignode: port ${port}, where links made before lead, is in use; this is another\nalignode: open this address in a browser; Ctrl-C ends\n`,
    );
    expect((await get(other.port, '/')).status).toBe(200);
    other.press();
    expect(await other.ended).toBe(0);
  });

  it.each(['http', '', '-1', '65536', '1e3', '0x50', '80.5', ' 80', '99999999999999999999'])(
    'refuses a port that is none: "%s"',
    async (text) => {
      const { code, stdout, stderr } = await alignode('explore', `--port=${text}`);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toBe(
        `alignode: --port: found "${text}"; use a whole number up to 65535, or 0 for a port that is free\n`,
      );
    },
  );

  it('says of a port in use what would do; that is a failed run', async () => {
    const failure = await started({ port: `${port}` }).catch((error) => error);
    expect(failure).toBeInstanceOf(AlignodeError);
    expect([failure.code, failure.message]).toEqual([
      'not-available',
      `--port ${port}: it is in use; end the program that has it, or name another port; --port 0 takes one that is free`,
    ]);
  });

  it.each([
    [
      'EACCES',
      'invalid-option',
      'this user may not use it; name one from 1024 on; --port 0 takes one that is free',
    ],
    ['EPERM', 'not-available', 'there is no listening on it (EPERM); --port 0 takes one that is free'],
  ])('says what would do where the system refuses a port with %s', async (code, kind, reason) => {
    const failure = await listen(refusing(code), 80).catch((error) => error);
    expect([failure.code, failure.message]).toEqual([kind, `--port 80: ${reason}`]);
  });

  it('says how to build a page that is not there', async () => {
    const page = join(folder, 'no-page');
    const failure = await started({ port: '0' }, { ...folders, page }).catch((error) => error);
    expect([failure.code, failure.message]).toEqual([
      'not-available',
      `${page}: the page is not there; npm run build makes it`,
    ]);
  });

  it('takes no arguments', async () => {
    const { code, stderr } = await alignode('explore', 'page');
    expect([code, stderr]).toEqual([
      2,
      'alignode: "page" is one argument too many; use: alignode explore [options]\n',
    ]);
  });
});

/** A server that the system does not let listen: tests cannot count on not being root. */
function refusing(code: string): Server {
  const server = createServer();
  server.listen = () => {
    process.nextTick(() => server.emit('error', Object.assign(new Error(code), { code })));
    return server;
  };
  return server;
}

describe('listening and stopping', () => {
  it('listens for this machine alone', async () => {
    const server = createServer();
    const at = await listen(server, 0);
    expect(server.address()).toEqual({ address: '127.0.0.1', family: 'IPv4', port: at });
    await stop(server);
  });

  it('goes on after a page that could not be read, and says why that was', async () => {
    const broken: Served = {
      at: 'broken',
      policy: '',
      unbuilt: '',
      get folder(): string {
        throw Object.assign(new Error('bad disk'), { code: 'EIO' });
      },
    };
    const server = staticServer([broken, { at: '', policy: '', unbuilt: '', folder: folders.page }]);
    const at = await listen(server, 0);
    const { status, body } = await get(at, '/broken/');
    expect([status, body.includes('That could not be read (EIO): build')]).toEqual([500, true]);
    expect((await get(at, '/')).status).toBe(200);
    await stop(server);
  });

  it('stops without waiting for connections that say nothing, that say half, or that are kept', async () => {
    const server = createServer((_request, response) => response.write('begun'));
    const at = await listen(server, 0);
    const host = `host: 127.0.0.1:${at}\r\n`;
    const lost = ['', 'GET / HT', `GET / HTTP/1.1\r\n${host}\r\n`].map((text) =>
      rawRequest(at, text).catch(() => undefined),
    );
    await new Promise<void>((resolve) => {
      let accepted = 0;
      server.on('connection', () => {
        accepted += 1;
        if (accepted === lost.length) resolve();
      });
    });
    await stop(server);
    await Promise.all(lost);
  });
});
