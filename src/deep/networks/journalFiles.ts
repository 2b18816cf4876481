import { type NpyArray, type Numbers, readNpz, writeNpz } from '../../arrays/index.ts';
import { fileFault } from '../../support/fileFault.ts';
import { inflated } from '../data/index.ts';
import type { State } from './backend.ts';
import type { Checkpoint, RunRecord } from './task.ts';

/*
 * Runs and checkpoints in files, to the last bit: .npz archives of
 *
 *     run, step           one number each, the run counted from 0
 *     rows                times × measurements, as in `layout.ts`
 *     weights             times × weights, where any were kept
 *     state.W_1, …        the network
 *     before.W_1, …       of a checkpoint, the network before its last step, where it is needed
 *     diverged            of a run that did: the step and the layer
 */

type Arrays = Record<string, Pick<NpyArray, 'shape' | 'data'>>;

export const recordToNpz = ({ run, rows, weights, state, diverged }: RunRecord): Uint8Array =>
  writeNpz({
    run: numbers([run]),
    ...table('rows', rows),
    ...table('weights', weights),
    ...networkArrays('state', state),
    ...(diverged && { diverged: numbers([diverged.step, diverged.layer]) }),
  });

export const checkpointToNpz = ({ run, step, rows, weights, state, before }: Checkpoint): Uint8Array =>
  writeNpz({
    run: numbers([run]),
    step: numbers([step]),
    ...table('rows', rows),
    ...table('weights', weights),
    ...networkArrays('state', state),
    ...(before && networkArrays('before', before)),
  });

export function recordFromNpz(bytes: Uint8Array, path: string): RunRecord {
  const file = opened(bytes, path);
  const [step, layer] = file.list('diverged') ?? [];
  return {
    run: file.one('run'),
    rows: file.table('rows') as Float64Array[],
    weights: file.table('weights') as Float32Array[],
    state: file.network('state'),
    ...(step !== undefined && { diverged: { step, layer } }),
  };
}

export function checkpointFromNpz(bytes: Uint8Array, path: string): Checkpoint {
  const file = opened(bytes, path);
  const before = file.network('before');
  return {
    run: file.one('run'),
    step: file.one('step'),
    rows: file.table('rows') as Float64Array[],
    weights: file.table('weights') as Float32Array[],
    state: file.network('state'),
    ...(Object.keys(before).length > 0 && { before }),
  };
}

const numbers = (values: number[]): Arrays[string] => ({
  shape: [values.length],
  data: Float64Array.from(values),
});

/** Lists of the same length as one array; nothing where there are none. */
function table(name: string, lists: readonly (Float64Array | Float32Array)[]): Arrays {
  if (lists.length === 0) return {};
  const [{ length }] = lists;
  const data =
    lists[0] instanceof Float64Array
      ? new Float64Array(lists.length * length)
      : new Float32Array(lists.length * length);
  lists.forEach((list, i) => {
    data.set(list, i * length);
  });
  return { [name]: { shape: [lists.length, length], data } };
}

const networkArrays = (name: string, state: State): Arrays =>
  Object.fromEntries(
    Object.entries(state).map(([key, data]) => [`${name}.${key}`, { shape: [data.length], data }]),
  );

function opened(bytes: Uint8Array, path: string) {
  const arrays = readNpz(bytes, path, inflated);
  const list = (name: string): Numbers | undefined => arrays.get(name)?.().data;
  return {
    list,
    one(name: string): number {
      const [value] = list(name) ?? [];
      if (value === undefined)
        throw fileFault(path, `no array ${name}`, 'it is no run of a simulation; remove it');
      return value;
    },
    table(name: string): Numbers[] {
      const found = arrays.get(name)?.();
      if (found === undefined) return [];
      const [count, length] = found.shape;
      return Array.from({ length: count }, (_, i) => found.data.slice(i * length, (i + 1) * length));
    },
    network: (name: string): State =>
      Object.fromEntries(
        [...arrays]
          .filter(([key]) => key.startsWith(`${name}.`))
          .map(([key, read]) => [key.slice(name.length + 1), read().data as State[string]]),
      ),
  };
}
