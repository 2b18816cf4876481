import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchSet } from '../../src/cli/fetch/fetchSet.ts';
import { readTar } from '../../src/cli/fetch/tar.ts';
import { type FileSet, fileSets, lookAt } from '../../src/deep/data/index.ts';
import { AlignodeError } from '../../src/index.ts';
import { smallDeepProblem } from '../support/deepProblems.ts';
import { type FileServer, fileServer, type Mischief } from '../support/fileServer.ts';
import { smallProblem } from '../support/problems.ts';
import { named, sharedData } from '../support/sharedData.ts';
import { cifarFiles, idx, idxFiles, md5, smallCifar, smallIdx } from '../support/smallSets.ts';
import { alignode, interrupted } from '../support/world.ts';

let folder: string;
let server: FileServer | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});
const at = (name: string): string => join(folder, name);

/** Four files, packed as they are served. */
const packed = Object.fromEntries(
  Object.entries(idxFiles).map(([name, bytes]) => [`${name}.gz`, new Uint8Array(gzipSync(bytes))]),
);
const images = 'train-images-idx3-ubyte.gz';
const set: FileSet = {
  ...smallIdx,
  downloads: Object.entries(packed).map(([name, bytes]) => ({ name, md5: md5(bytes) })),
};

/** A tar archive, with a folder and a note beside the files, as the makers of CIFAR have it. */
function tarOf(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blocks: Uint8Array[] = [];
  const put = (name: string, bytes: Uint8Array, kind: string): void => {
    const head = new Uint8Array(512);
    const field = (at: number, text: string): void => head.set(new TextEncoder().encode(text), at);
    field(0, name);
    field(124, `${bytes.length.toString(8).padStart(11, '0')}\0`);
    field(156, kind);
    field(257, 'ustar\0');
    const padded = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
    padded.set(bytes);
    blocks.push(head, padded);
  };
  put('small/', new Uint8Array(), '5');
  put('small/readme.html', new TextEncoder().encode('words'), '0');
  for (const [name, bytes] of Object.entries(files)) put(`small/${name}`, bytes, '0');
  return Buffer.concat([...blocks, new Uint8Array(1024)]);
}
const archive = new Uint8Array(gzipSync(tarOf(cifarFiles)));
const inArchive: FileSet = {
  ...smallCifar,
  downloads: [{ name: 'small.tar.gz', md5: md5(archive), archive: true }],
};

/** Fetches a set from a server that fails in the way that is given. */
async function fetched(
  {
    of = set,
    files = { ...packed, 'small.tar.gz': archive },
    signal = new AbortController().signal,
    told = () => () => undefined,
  }: {
    of?: FileSet;
    files?: Record<string, Uint8Array>;
    signal?: AbortSignal;
    told?: Parameters<typeof fetchSet>[3]['told'];
  } = {},
  mischief?: Mischief,
): Promise<'fetched' | 'whole'> {
  await server?.close();
  server = await fileServer(files, mischief);
  return fetchSet('small', of, at('small'), { from: server.url, told, signal });
}
const failure = (work: Promise<unknown>): Promise<AlignodeError> =>
  work.then(
    () => expect.unreachable(),
    (error) => {
      expect(error).toBeInstanceOf(AlignodeError);
      return error;
    },
  );
const faultsOf = (one: FileSet) =>
  lookAt(one, at('small')).flatMap(({ path, fault }) => fault ?? (path ? [] : ['missing']));

describe('a set that is fetched', () => {
  it('is whole, and fetched once', async () => {
    const seen: [string, number, number | undefined][] = [];
    const told =
      ({ name }: { name: string }) =>
      (done: number, total: number | undefined) => {
        seen.push([name, done, total]);
      };
    expect(await fetched({ told })).toBe('fetched');
    expect(readdirSync(at('small')).sort()).toEqual(Object.keys(packed).sort());
    expect(faultsOf(set)).toEqual([]);
    expect(seen.filter(([name]) => name === images).at(-1)).toEqual([
      images,
      packed[images].length,
      packed[images].length,
    ]);
    expect(await fetched()).toBe('whole');
    expect(server?.asked).toEqual([]);
  });
  it('is taken out of its archive, which is not kept', async () => {
    expect(await fetched({ of: inArchive })).toBe('fetched');
    expect(readdirSync(at('small')).sort()).toEqual(Object.keys(cifarFiles).sort());
    expect(faultsOf(inArchive)).toEqual([]);
  });
  it('is completed: what is there and right is left alone, what is wrong is fetched anew', async () => {
    await fetched();
    rmSync(at(`small/${images}`));
    writeFileSync(at('small/t10k-images-idx3-ubyte.gz'), gzipSync(idx([2, 2, 2], () => 0)));
    expect(await fetched()).toBe('fetched');
    expect(server?.asked).toEqual([`/${images}`, '/t10k-images-idx3-ubyte.gz']);
    expect(faultsOf(set)).toEqual([]);
  });
  it('may come packed in another way, where the sum of what is in it is right', async () => {
    const other = gzipSync(idxFiles['train-images-idx3-ubyte'], { level: 0 });
    expect(await fetched({ files: { ...packed, [images]: new Uint8Array(other) } })).toBe('fetched');
  });
  it('goes on where it was broken off, by the same command or by a later one', async () => {
    let broken = 0;
    const half: Mischief = (request, response, bytes) => {
      if (request.url !== `/${images}` || broken++ > 0) return false;
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 20), () => setImmediate(() => response.destroy()));
      return true;
    };
    expect(await fetched({}, half)).toBe('fetched');
    expect(server?.asked.slice(0, 2)).toEqual([`/${images}`, `/${images} from 20`]);
    expect(faultsOf(set)).toEqual([]);

    rmSync(at(`small/${images}`));
    writeFileSync(at(`small/${images}.part`), packed[images].subarray(0, 31));
    await fetched();
    expect(server?.asked).toEqual([`/${images} from 31`]);
    expect(faultsOf(set)).toEqual([]);
  });
  it('has a part that is whole already, and one that is of another file', async () => {
    mkdirSync(at('small'));
    writeFileSync(at(`small/${images}.part`), packed[images]);
    writeFileSync(at('small/t10k-images-idx3-ubyte.gz.part'), new Uint8Array(15).fill(9));
    writeFileSync(at('small/train-labels-idx1-ubyte.gz.part'), new Uint8Array(500).fill(9));
    expect(await fetched()).toBe('fetched');
    expect(faultsOf(set)).toEqual([]);
  });
  it('begins anew where a server does not send the rest alone', async () => {
    mkdirSync(at('small'));
    writeFileSync(at(`small/${images}.part`), packed[images].subarray(0, 31));
    const whole: Mischief = (_request, response, bytes) => {
      response.writeHead(200).end(bytes);
      return true;
    };
    expect(await fetched({}, whole)).toBe('fetched');
    expect(faultsOf(set)).toEqual([]);
  });
});

describe('a set that cannot be fetched', () => {
  it.each<[string, Record<string, Uint8Array>, Mischief | undefined, string]>([
    ['404', {}, undefined, 'the server answers 404, there is no such file'],
    [
      'a wrong sum',
      { ...packed, [images]: Uint8Array.of(1, 2, 3) },
      undefined,
      'the md5 sum of what was sent is 5289df737df57326fcdd22597afb1fac and should be ',
    ],
    ['403', packed, (_request, response) => !!response.writeHead(403).end(), 'the server answers 403)'],
    ['500', packed, (_request, response) => !!response.writeHead(500).end(), 'the server answers 500)'],
    [
      'a connection that is reset',
      packed,
      (request) => !!request.socket.resetAndDestroy(),
      'the connection was broken off',
    ],
    [
      'less than was promised',
      packed,
      (request, response, bytes) => {
        const rest = request.headers.range === undefined ? bytes.subarray(0, 20) : new Uint8Array();
        response.writeHead(request.headers.range === undefined ? 200 : 206, {
          'content-length': bytes.length,
          'content-range': `bytes 20-${bytes.length - 1}/${bytes.length}`,
        });
        response.write(rest, () => setImmediate(() => response.destroy()));
        return true;
      },
      'the connection was broken off',
    ],
  ])('%s: which server, why, and what to do by hand', async (_what, files, mischief, says) => {
    const { code, message } = await failure(fetched({ files }, mischief));
    expect(code).toBe('not-available');
    expect(message).toContain(`${images} could not be fetched (${server?.url}/${images}: ${says}`);
    expect(message).toContain(`fetch ${server?.url}/${images}, ${server?.url}/train-labels-idx1-ubyte.gz, `);
    expect(message).toContain(`and put the files into ${at('small')}`);
    expect(existsSync(at(`small/${images}`))).toBe(false);
  });
  it('keeps what came of a file before the connection ended for good', async () => {
    const cut: Mischief = (request, response, bytes) => {
      const from = Number(/\d+/.exec(request.headers.range ?? '0')?.[0]);
      if (from > 0) request.socket.destroy();
      else {
        response.writeHead(200, { 'content-length': bytes.length });
        response.write(bytes.subarray(0, 25), () => setImmediate(() => response.destroy()));
      }
      return true;
    };
    await failure(fetched({}, cut));
    expect(readFileSync(at(`small/${images}.part`))).toHaveLength(25);
  });
  it('asks the next server, and names all that failed', async () => {
    server = await fileServer(packed);
    const mirrors = ['http://127.0.0.1:1/none/', `${server.url}/`];
    const options = { told: () => () => undefined, signal: new AbortController().signal };
    expect(await fetchSet('small', { ...set, mirrors }, at('small'), options)).toBe('fetched');
    rmSync(at('small'), { recursive: true });
    const both = { ...set, mirrors: ['http://127.0.0.1:1/', `${server.url}/other`] };
    const { message } = await failure(fetchSet('small', both, at('small'), options));
    expect(message).toContain(`http://127.0.0.1:1/${images}: `);
    expect(message).toContain(`${server.url}/other/${images}: the server answers 404`);
  });
  it('leaves an archive without its files unused', async () => {
    const { 'test_batch.bin': _left, ...some } = cifarFiles;
    const bytes = new Uint8Array(gzipSync(tarOf(some)));
    const of: FileSet = {
      ...inArchive,
      downloads: [{ name: 'small.tar.gz', md5: md5(bytes), archive: true }],
    };
    const { message } = await failure(fetched({ of, files: { 'small.tar.gz': bytes } }));
    expect(message).toContain('test_batch.bin is not in small.tar.gz');
  });
  it('does not overwrite an unpacked file that is wrong', async () => {
    mkdirSync(at('small'));
    writeFileSync(at('small/train-images-idx3-ubyte'), 'mine');
    const { message } = await failure(fetched());
    expect(message).toContain('found the magic number 6d 69 6e 65');
    expect(message).toContain('; remove this file first');
    expect(readFileSync(at('small/train-images-idx3-ubyte'), 'utf8')).toBe('mine');
  });
  it('stops when it is told to, and goes on the next time', async () => {
    const stop = new AbortController();
    const slow: Mischief = (_request, response, bytes) => {
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 25));
      return true;
    };
    const told = () => (done: number) => {
      if (done === 25) stop.abort();
    };
    await expect(fetched({ signal: stop.signal, told }, slow)).rejects.toThrow();
    expect(readdirSync(at('small'))).toEqual([`${images}.part`]);
    await fetched();
    expect(server?.asked[0]).toBe(`/${images} from 25`);
    expect(faultsOf(set)).toEqual([]);
  });
});

it('a tar archive that is cut short has the files that are whole', () => {
  const bytes = tarOf(cifarFiles);
  expect([...readTar(bytes).keys()]).toEqual(['readme.html', ...Object.keys(cifarFiles)]);
  expect(readTar(bytes).get('test_batch.bin')).toEqual(Buffer.from(cifarFiles['test_batch.bin']));
  expect([...readTar(bytes.subarray(0, -1500)).keys()]).not.toContain('test_batch.bin');
});

/** Files of the size of Fashion-MNIST's, of which no sums are published: every image of a class has one gray. */
function putFashion(): void {
  mkdirSync(at('fashion-mnist'));
  for (const [prefix, count] of [
    ['train', 60_000],
    ['t10k', 10_000],
  ] as const) {
    const gray = (image: number): number => 25 * (image % 10);
    const write = (name: string, bytes: Uint8Array): void =>
      writeFileSync(at(`fashion-mnist/${prefix}-${name}.gz`), gzipSync(bytes, { level: 1 }));
    write(
      'images-idx3-ubyte',
      idx([count, 28, 28], (k) => gray(Math.floor(k / 784))),
    );
    write(
      'labels-idx1-ubyte',
      idx([count], (i) => i % 10),
    );
  }
}

describe('alignode data', () => {
  it('lists every set: whose, how large, where it was looked for, what was found', async () => {
    putFashion();
    mkdirSync(at('mnist'));
    writeFileSync(at('mnist/t10k-labels-idx1-ubyte'), 'x');
    const { code, stdout, stderr } = await alignode('data', '--data', folder);
    expect([code, stderr]).toEqual([0, '']);
    const parts = stdout.split('\n\n');
    expect(parts.map((part) => part.slice(0, part.indexOf(':')))).toEqual([
      'digits',
      ...Object.keys(fileSets),
    ]);
    expect(parts[1]).toContain(
      'mnist: 60000 + 10000 images of 28 × 28, handwritten digits; 4 files, 55 MB unpacked\n  Y. LeCun',
    );
    expect(parts[1]).toContain(
      `  ${at('mnist')}: not whole\n    ${at('mnist/train-images-idx3-ubyte')}: missing\n`,
    );
    expect(parts[1]).toContain(`    ${at('mnist/t10k-labels-idx1-ubyte')}: found the magic number 78`);
    expect(parts[2]).toContain(`  ${at('fashion-mnist')}: whole, sizes and labels right; no sums`);
    expect(parts[3]).toContain(`  ${at('cifar-10')}: not there\n`);
    expect(parts[4]).toContain('in a hundred classes (the fine labels)');
    expect(parts[4]).toContain('  alignode data get cifar-100 fetches it');
  });

  it('is what integrate learns of, in the folder that is named', async () => {
    putFashion();
    const problem = smallDeepProblem({
      network: { widths: [4, 3, 10], activation: 'linear', init: 'zero' },
      data: { set: 'fashion-mnist', pixels: 2, train: 100, test: { draw: 50 }, seed: 1 },
      feedback: { draw: 'normal', seed: 1 },
    });
    writeFileSync(at('problem.json'), JSON.stringify(problem));
    const { code, stdout, stderr } = await alignode('integrate', at('problem.json'), '--data', folder);
    expect([code, stderr]).toEqual([0, '']);
    const losses = stdout.split('\n').filter((line) => /^\d/.test(line));
    expect(losses.length).toBeGreaterThan(1);
    const none = await alignode('integrate', at('problem.json'), '--data', at('none'));
    expect([none.code, none.stderr]).toEqual([
      2,
      `alignode: --data: found "${at('none')}"; there is no such folder: name one that has a folder fashion-mnist\n`,
    ]);
    expect((await alignode('data', 'get', 'fashion-mnist', '--data', folder)).stderr).toContain(
      `is whole in ${at('fashion-mnist')} already`,
    );
  });

  it.each([
    [['get'], 'found "get"; use "alignode data", or "alignode data get NAME" with one of mnist, '],
    [['fetch', 'mnist'], 'found "fetch mnist"'],
    [['get', 'cifar'], 'there is no set "cifar" (did you mean cifar-10?)'],
    [['get', 'digits'], 'digits: they are inside the package'],
    [['get', 'mnist', '--from', 'ftp://host'], '--from: found "ftp://host"; use the address of a folder'],
    [['--from', 'http://host'], '--from: it is for "alignode data get NAME"'],
  ])('refuses %j', async (args, says) => {
    const { code, stdout, stderr } = await alignode('data', ...args, '--data', folder);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
  });

  it('says of a server that sends something else what it sent, with exit code 1', async () => {
    server = await fileServer({ [images]: Uint8Array.of(1) });
    const { code, stderr } = await alignode(
      'data',
      'get',
      'mnist',
      '--data',
      folder,
      '--from',
      `${server.url}/`,
    );
    expect(code).toBe(1);
    expect(stderr).toContain(
      `alignode: ${images} could not be fetched (${server.url}/${images}: the md5 sum`,
    );
  });

  it('keeps what has come when Ctrl-C is pressed', async () => {
    server = await fileServer({ [images]: new Uint8Array(9) }, () => true);
    const { code, stderr } = await interrupted(
      'data',
      'get',
      'mnist',
      '--data',
      folder,
      '--from',
      server.url,
    );
    expect(code).toBe(1);
    expect(stderr).toBe(
      `alignode: interrupted; what has come of mnist is kept in ${at('mnist')}, and the same command goes on with it\n`,
    );
  });

  it('is not for problems of two layers', async () => {
    writeFileSync(at('problem.json'), JSON.stringify(smallProblem()));
    const { code, stderr } = await alignode('integrate', at('problem.json'), '--data', folder);
    expect([code, stderr]).toEqual([2, 'alignode: --data: found a problem of two layers; it has no data\n']);
  });
});

const mnist = sharedData('mnist/train-images-idx3-ubyte.gz');
describe.skipIf(mnist.missing)(named('MNIST', mnist.missing), () => {
  it('is fetched whole from a server that has it', async () => {
    const names = fileSets.mnist.downloads.map(({ name }) => name);
    server = await fileServer(
      Object.fromEntries(names.map((name) => [name, readFileSync(join(mnist.folder, 'mnist', name))])),
    );
    const { code, stderr } = await alignode('data', 'get', 'mnist', '--data', folder, '--from', server.url);
    expect([code, stderr]).toEqual([0, `alignode: mnist is whole in ${at('mnist')}\n`]);
    expect(readdirSync(at('mnist')).sort()).toEqual([...names].sort());
  });
});
