import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { findNumpy } from '../../scripts/notebooks/find-python.mjs';
import { type NpyArray, readNpy, readNpz, writeNpy, writeNpz } from '../../src/arrays/index.ts';
import { crc32 } from '../../src/support/crc32.ts';
import { describeWith } from '../support/describeWith.ts';
import { failureOf } from '../support/failureOf.ts';

const inflate = (bytes: Uint8Array): Uint8Array => inflateRawSync(bytes);
const open = (bytes: Uint8Array): Map<string, () => NpyArray> => readNpz(bytes, 'a.npz', inflate);
const small = { shape: [2, 3], data: Float64Array.of(1, -2.5, 1e-300, Number.NaN, 0, 7) };

test('CRC-32 has the value that its standard gives for a check', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array())).toBe(0);
});

describe('what is written is read', () => {
  it.each<[string, NpyArray['data']]>([
    ['f8', Float64Array.of(1, -2, 0.1, 4, 5, 6)],
    ['f4', Float32Array.of(1, -2, 0.1, 4, 5, 6)],
    ['u1', Uint8Array.of(1, 2, 3, 4, 5, 255)],
    ['i1', Int8Array.of(1, -2, 3, 4, 5, -128)],
    ['u2', Uint16Array.of(1, 2, 3, 4, 5, 65_535)],
    ['i2', Int16Array.of(1, -2, 3, 4, 5, -32_768)],
    ['u4', Uint32Array.of(1, 2, 3, 4, 5, 2 ** 32 - 1)],
    ['i4', Int32Array.of(1, -2, 3, 4, 5, -(2 ** 31))],
  ])('numbers of the kind %s, in every shape', (kind, data) => {
    for (const shape of [[6], [2, 3], [3, 2, 1]]) {
      const bytes = writeNpy({ shape, data });
      expect(new TextDecoder('latin1').decode(bytes)).toContain(kind);
      expect(readNpy(bytes, 'a.npy')).toEqual({ shape, data, whole: kind[0] !== 'f' });
    }
    const arrays = open(writeNpz({ one: { shape: [6], data }, 'Gewichte é': { shape: [2, 3], data } }));
    expect([...arrays.keys()]).toEqual(['one', 'Gewichte é']);
    expect(arrays.get('Gewichte é')?.().data).toEqual(data);
  });

  it('also a single number, an empty array, and a part of a larger buffer', () => {
    expect(readNpy(writeNpy({ shape: [], data: Float64Array.of(3) }), 'a')).toMatchObject({ shape: [] });
    expect(readNpy(writeNpy({ shape: [0, 4], data: new Float64Array() }), 'a').data).toHaveLength(0);
    const part = Float64Array.of(9, 8, 7, 6).subarray(1, 3);
    expect(readNpy(writeNpy({ shape: [2], data: part }), 'a').data).toEqual(Float64Array.of(8, 7));
    const bytes = new Uint8Array(1000);
    const whole = writeNpz({ x: small });
    bytes.set(whole, 13);
    expect(open(bytes.subarray(13, 13 + whole.length)).get('x')?.().data).toEqual(small.data);
  });

  it('by the same bytes each time', () => {
    expect(writeNpz({ x: small })).toEqual(writeNpz({ x: small }));
  });

  it('and numbers begin where they are aligned, as numpy has it', () => {
    for (const shape of [
      [6],
      [1, 2, 3],
      [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 6],
    ])
      expect((writeNpy({ shape, data: small.data }).length - 48) % 64).toBe(0);
  });
});

/** A .npy file of any header and bytes. */
function npyOf(literal: string, data: Uint8Array, version = 1): Uint8Array {
  const text = new TextEncoder().encode(`${literal}\n`);
  const from = version === 1 ? 10 : 12;
  const bytes = new Uint8Array(from + text.length + data.length);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, text.length, true);
  else view.setUint32(8, text.length, true);
  bytes.set(text, from);
  bytes.set(data, from + text.length);
  return bytes;
}
const headed = (descr: string, shape: string, order = 'False'): string =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': (${shape}), }`;

describe('other forms of .npy', () => {
  it.each([1, 2, 3])('version %i', (version) => {
    const { data } = readNpy(npyOf(headed("'|u1'", '2,'), Uint8Array.of(4, 5), version), 'a');
    expect(data).toEqual(Uint8Array.of(4, 5));
  });
  it('the high byte first', () => {
    expect(
      readNpy(npyOf(headed("'>i4'", '2,'), Uint8Array.of(0, 0, 1, 2, 255, 255, 255, 255)), 'a').data,
    ).toEqual(Int32Array.of(258, -1));
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, 0.1);
    expect(readNpy(npyOf(headed("'>f8'", '1,'), bytes), 'a').data).toEqual(Float64Array.of(0.1));
  });
  it('column by column', () => {
    // a[i][j][k] = 100 i + 10 j + k, the first index fastest.
    const shape = [2, 3, 4];
    const bytes: number[] = [];
    for (let k = 0; k < 4; k++)
      for (let j = 0; j < 3; j++) for (let i = 0; i < 2; i++) bytes.push(100 * i + 10 * j + k);
    const { data } = readNpy(npyOf(headed("'|u1'", '2, 3, 4', 'True'), Uint8Array.from(bytes)), 'a');
    expect([...data]).toEqual(
      Array.from(
        { length: 24 },
        (_, at) => 100 * Math.floor(at / 12) + 10 * (Math.floor(at / 4) % 3) + (at % shape[2]),
      ),
    );
  });
  it('whole numbers of 64 bits, as far as they are exact', () => {
    const words = (...all: bigint[]): Uint8Array => new Uint8Array(BigInt64Array.from(all).buffer);
    expect(readNpy(npyOf(headed("'<i8'", '2,'), words(-3n, 2n ** 53n - 1n)), 'a')).toMatchObject({
      data: Float64Array.of(-3, 2 ** 53 - 1),
      whole: true,
    });
    expect(failureOf(() => readNpy(npyOf(headed("'<i8'", '1,'), words(2n ** 60n)), 'a')).message).toContain(
      'found the whole number 1152921504606846976',
    );
  });
});

describe('refusals say what was found and what would do', () => {
  const npy = writeNpy(small);
  const archive = writeNpz({ x: small });
  it.each<[string, string, () => unknown]>([
    [
      'an empty .npy',
      'x.npy: found an empty file; a .npy file begins',
      () => readNpy(new Uint8Array(), 'x.npy'),
    ],
    ['no .npy', '20 bytes that begin with 00 00', () => readNpy(new Uint8Array(20), 'x.npy')],
    [
      'a version to come',
      'version 4',
      () => readNpy(npyOf(headed("'<f8'", ''), new Uint8Array(8), 4), 'x.npy'),
    ],
    ['half a header', 'not even its header is whole', () => readNpy(npy.subarray(0, 40), 'x.npy')],
    [
      'fewer numbers',
      'found 47 bytes of numbers; its header says 2 × 3 of 8 bytes each, 48 in all: it was cut short',
      () => readNpy(npy.subarray(0, -1), 'x.npy'),
    ],
    ['more numbers', 'more than one array', () => readNpy(Uint8Array.of(...npy, 1), 'x.npy')],
    [
      'objects of Python',
      'Python objects (pickle), which is never read; save numbers',
      () => readNpy(npyOf(headed("'|O'", '2,'), new Uint8Array(16)), 'x.npy'),
    ],
    [
      'texts',
      "numbers of the kind '<U5'",
      () => readNpy(npyOf(headed("'<U5'", '2,'), new Uint8Array(40)), 'x.npy'),
    ],
    [
      'records',
      "numbers of the kind [('a', '<f8')]",
      () => readNpy(npyOf(headed("[('a', '<f8')]", '1,'), new Uint8Array(8)), 'x.npy'),
    ],
    ['another header', 'the header "nonsense"', () => readNpy(npyOf('nonsense', new Uint8Array(8)), 'x.npy')],
    [
      'an empty .npz',
      'a.npz: found an empty file; an .npz file is a zip archive',
      () => open(new Uint8Array()),
    ],
    ['no zip', 'found 20 bytes that begin with 61 61 61 61', () => open(new Uint8Array(20).fill(97))],
    ['an .npz cut short', 'its end is missing', () => open(archive.subarray(0, -30))],
    ['an .npz without its list', 'cut short or changed', () => open(Uint8Array.of(...archive.subarray(100)))],
    [
      'a changed number',
      'a.npz, x.npy: found another checksum',
      () => open(archive.map((byte, at) => (at === 180 ? byte ^ 1 : byte))).get('x')?.(),
    ],
  ])('%s', (_what, says, call) => {
    const failure = failureOf(call);
    expect(failure.code).toBe('file');
    expect(failure.message).toContain(says);
  });

  it('an archive cut anywhere, or changed anywhere, is refused or read right, never otherwise', () => {
    for (let at = 0; at < archive.length; at++)
      for (const bytes of [
        archive.subarray(0, at),
        archive.map((byte, i) => (i === at ? byte ^ 0x55 : byte)),
      ]) {
        let found: NpyArray | undefined;
        try {
          found = open(bytes).get('x')?.();
        } catch (error) {
          expect(error).toMatchObject({ code: 'file' });
          continue;
        }
        if (found !== undefined) expect(found.data).toEqual(small.data);
      }
  });

  it('a method other than the two, and a secret', () => {
    const changed = (place: number, to: number): Uint8Array => {
      const bytes = archive.slice();
      const list = bytes.length - 22 - 46 - 5;
      bytes[list + place] = to;
      return bytes;
    };
    expect(failureOf(() => open(changed(10, 14)).get('x')?.()).message).toContain(
      'the compression method 14',
    );
    expect(failureOf(() => open(changed(8, 1)).get('x')?.()).message).toContain('an encrypted member');
  });
});

/*
 * np.savez_compressed(f, x=np.arange(6, dtype='f4').reshape(2, 3), y=np.array([1, 0])), by numpy 2.4.6 on Linux; for
 * machines without numpy.
 */
const BY_NUMPY =
  'UEsDBC0AAAAIAAAAIQBP6QAq//////////8FABQAeC5ucHkBABAAmAAAAAAAAABVAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgYwaLAHEg5ABMQNQLzAAQBQSwMELQAAAAgAAAAhAHH7Oav//////////wUAFAB5Lm5weQEAEACQAAAAAAAAAEgAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNpoa6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjqaOgq1ChQALkYGVAAAUEsBAi0DLQAAAAgAAAAhAE/pACpVAAAAmAAAAAUAAAAAAAAAAAAAAIABAAAAAHgubnB5UEsBAi0DLQAAAAgAAAAhAHH7OatIAAAAkAAAAAUAAAAAAAAAAAAAAIABjAAAAHkubnB5UEsFBgAAAAACAAIAZgAAAAsBAAAAAA==';

test('a compressed archive that numpy wrote', () => {
  const arrays = open(new Uint8Array(Buffer.from(BY_NUMPY, 'base64')));
  expect(arrays.get('x')?.()).toEqual({
    shape: [2, 3],
    data: Float32Array.of(0, 1, 2, 3, 4, 5),
    whole: false,
  });
  expect(arrays.get('y')?.()).toEqual({ shape: [2], data: Float64Array.of(1, 0), whole: true });
});

const python = findNumpy();
const missing = python ? undefined : 'needs numpy for Python; npm test says how to get it';

describeWith('numpy', missing, 'numpy', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'alignode-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const printed = (program: string): string => {
    const { stdout, stderr, status } = spawnSync(python!, ['-c', program], { cwd: folder, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  };

  it('writes what is read: every kind, order and version', () => {
    const expected = JSON.parse(
      printed(`import numpy as np, json
all = {}
for kind in ['f8', 'f4', 'u1', 'i1', 'u2', 'i2', 'u4', 'i4', 'u8', 'i8', '?']:
  for end in '<>':
    for order in 'CF':
      a = np.array([[1, 0, 3], [4, 5, 100]]).astype(kind if kind == '?' else end + kind)
      all[f"{kind.replace('?', 'b')}{'l' if end == '<' else 'b'}{order}"] = np.asarray(a, order=order)
np.savez('plain.npz', **all)
np.savez_compressed('packed.npz', **all)
with open('v3.npy', 'wb') as f: np.lib.format.write_array(f, np.arange(4.0), version=(3, 0))
print(json.dumps({name: a.astype(float).tolist() for name, a in all.items()}))`),
    ) as Record<string, number[][]>;
    expect(Object.keys(expected)).toHaveLength(44);
    for (const file of ['plain.npz', 'packed.npz']) {
      const arrays = open(new Uint8Array(readFileSync(join(folder, file))));
      for (const [name, rows] of Object.entries(expected)) {
        const { shape, data } = arrays.get(name)?.() ?? expect.unreachable();
        expect([name, shape, [...data]]).toEqual([name, [2, 3], rows.flat()]);
      }
    }
    expect(readNpy(readFileSync(join(folder, 'v3.npy')), 'v3').data).toEqual(Float64Array.of(0, 1, 2, 3));
  });

  it('reads what is written', () => {
    writeFileSync(
      join(folder, 'own.npz'),
      writeNpz({
        W_1: { shape: [2, 3], data: Float32Array.of(0.1, 2, 3, 4, 5, 6) },
        b: { shape: [3], data: Float64Array.of(0.1, -0, 1e300) },
        labels: { shape: [2], data: Uint8Array.of(7, 255) },
        one: { shape: [], data: Int32Array.of(-5) },
      }),
    );
    expect(
      printed(`import numpy as np
with np.load('own.npz') as f:
  for name in f.files: print(name, f[name].dtype, f[name].shape, f[name].tolist())
import zipfile
print(zipfile.ZipFile('own.npz').testzip())`),
    ).toBe(`W_1 float32 (2, 3) [[0.10000000149011612, 2.0, 3.0], [4.0, 5.0, 6.0]]
b float64 (3,) [0.1, -0.0, 1e+300]
labels uint8 (2,) [7, 255]
one int32 () -5
None
`);
  });

  it('keeps objects in files that are refused', () => {
    printed("import numpy as np; np.savez('o.npz', x=np.array([[1], [1, 2]], dtype=object))");
    const arrays = open(new Uint8Array(readFileSync(join(folder, 'o.npz'))));
    expect(failureOf(() => arrays.get('x')?.()).message).toContain('Python objects (pickle)');
  });
});
