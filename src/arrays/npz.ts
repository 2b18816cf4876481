import { type NpyArray, readNpy, writeNpy } from './npy.ts';
import { type Inflate, readZip, writeZip } from './zip.ts';

/* The .npz format: a zip archive with a .npy file for each array, by its name. */

/** The arrays of an .npz file by their names, each read when it is asked for; `path` is the file's name in messages. */
export function readNpz(bytes: Uint8Array, path: string, inflate: Inflate): Map<string, () => NpyArray> {
  return new Map(
    readZip(bytes, path, inflate)
      .filter(({ name }) => name.endsWith('.npy'))
      .map(({ name, read }) => [name.slice(0, -4), () => readNpy(read(), `${path}, ${name}`)]),
  );
}

/** The bytes of an .npz file, as numpy.savez would write it; the same arrays give the same bytes. */
export const writeNpz = (arrays: Readonly<Record<string, Pick<NpyArray, 'shape' | 'data'>>>): Uint8Array =>
  writeZip(Object.entries(arrays).map(([name, array]) => ({ name: `${name}.npy`, bytes: writeNpy(array) })));
