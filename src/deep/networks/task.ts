import type { Examples32 } from '../data/index.ts';
import type { ResolvedDeepProblem } from '../problem/index.ts';
import type { Network, Phase, State } from './backend.ts';
import { backends } from './backends.ts';
import { placeOf, widthOf } from './layout.ts';
import { haveClasses, measure, type Sight } from './measures.ts';
import { orderOf } from './order.ts';
import { planOf, type Seeds } from './plan.ts';

/** One run to do: a network, trained to the last of its steps. */
export interface Task {
  /** Its place among the runs, from 0. */
  run: number;
  problem: ResolvedDeepProblem;
  seeds: Seeds;
  train: Examples32;
  test?: Examples32;
  /** When it is looked at, in steps. */
  steps: readonly number[];
  backend: string;
  examples: number;
  /** At which of these times its weights are kept. */
  weightsAt: 'end' | 'all';
  /** The network from which it starts, where the problem names a file. */
  start?: State;
  /** Where it goes on. */
  from?: Checkpoint;
  /** Milliseconds of work between two checkpoints; none but those that are asked for if not given. */
  saveEvery?: number;
}

/** All that a run needs to go on as if it had never stopped. */
export interface Checkpoint {
  run: number;
  /** The steps that were taken. */
  step: number;
  state: State;
  /** What was measured so far, time by time. */
  rows: Float64Array[];
  weights: Float32Array[];
  /** Its weights before the last step, where it is being looked at. */
  before?: State;
}

export interface RunRecord {
  run: number;
  /** A row for each time, in the order of `layout.ts`; NaN from where it diverged. */
  rows: Float64Array[];
  /** Its weights W_1 … W_L one after the other, at the end or at each of the times. */
  weights: Float32Array[];
  /** The network at the end. */
  state: State;
  diverged?: Divergence;
}

/** Where numbers were no longer finite. */
export interface Divergence {
  /** The step, from 1, and the layer, from 1. */
  step: number;
  layer: number;
}

export type Seen =
  | { run: number; index: number; row: Float64Array; diverged: boolean }
  | { checkpoint: Checkpoint };

/** Milliseconds of work between two yields. */
const SLICE = 20;

/** Trains the network of a task, and yields the steps done now and then; see `Job`. How steps are sliced changes no bit. */
export function* trainRun(
  task: Task,
  finished: RunRecord[],
  onSeen?: (seen: Seen) => void,
  asked: () => boolean = () => false,
): Generator<number> {
  const { run, problem, train, test, steps, from, weightsAt } = task;
  const batch = problem.batch === 'all' ? train.count : Math.min(problem.batch, train.count);
  const plan = planOf(problem, train.inputs, batch, task.seeds, task.start);
  const network = backends[task.backend].start(plan);
  const order = orderOf(train.count, batch, task.seeds.steps);
  const phaseAt = phasesOf(problem, order.perEpoch);
  const sight: Sight = {
    train,
    ...(test && { test }),
    examples: task.examples,
    classes: haveClasses(train, problem.loss),
  };
  const record: RunRecord = { run, rows: [], weights: [], state: {} };
  let step = 0;
  /** The steps that the caller knows of. */
  let told = from?.step ?? 0;
  const news = (to: number): number => {
    const more = to - told;
    told = to;
    return more;
  };
  let before = from?.before;
  if (from) {
    network.write(from.state);
    step = from.step;
    record.rows.push(...from.rows);
    record.weights.push(...from.weights);
  }
  let saved = performance.now();
  const save = (): void =>
    onSeen?.({
      checkpoint: {
        run,
        step,
        state: network.read(),
        rows: [...record.rows],
        weights: [...record.weights],
        ...(before && step === steps[record.rows.length] && { before }),
      },
    });
  const saves = (): boolean =>
    asked() || (task.saveEvery !== undefined && performance.now() - saved > task.saveEvery);

  let slice = 8;
  for (let index = record.rows.length; index < steps.length; index++) {
    while (step < steps[index]) {
      const start = performance.now();
      // The last step before a look goes alone: the weights before it are kept.
      const last = step === steps[index] - 1;
      const take = last ? 1 : Math.min(slice, steps[index] - 1 - step);
      if (last) before = network.read();
      for (const end = step + take; step < end; ) {
        const layer = network.step(train, order.batchOf(step), step, phaseAt(step));
        step++;
        if (layer === 0) continue;
        diverge(record, task, { step, layer }, index, onSeen);
        finished.push(record);
        yield news(steps[steps.length - 1]);
        return;
      }
      const took = performance.now() - start;
      if (took < SLICE / 2 && take === slice) slice *= 2;
      else if (took > 2 * SLICE && slice > 1) slice = Math.ceil(slice / 2);
      if (saves()) {
        save();
        saved = performance.now();
      }
      yield news(step);
    }
    const looking = measure(network, plan, sight, phaseAt(Math.max(0, step - 1)).rule, before);
    let row = looking.next();
    while (!row.done) {
      if (saves()) {
        save();
        saved = performance.now();
      }
      yield 0;
      row = looking.next();
    }
    if (!lossesAreFinite(row.value, plan.shapes.length, test !== undefined)) {
      diverge(record, task, { step, layer: oddLayer(network, plan.shapes.length) }, index, onSeen);
      finished.push(record);
      yield news(steps[steps.length - 1]);
      return;
    }
    record.rows.push(row.value);
    if (weightsAt === 'all' || index === steps.length - 1) record.weights.push(stacked(network.read()));
    onSeen?.({ run, index, row: row.value.slice(), diverged: false });
  }
  record.state = network.read();
  finished.push(record);
  yield 0;
}

const lossesAreFinite = (row: Float64Array, L: number, tested: boolean): boolean =>
  Number.isFinite(row[placeOf('trainLoss', L)]) && (!tested || Number.isFinite(row[placeOf('testLoss', L)]));

/** Rows of NaN from here on. */
function diverge(
  record: RunRecord,
  { run, steps, problem }: Task,
  diverged: Divergence,
  index: number,
  onSeen?: (seen: Seen) => void,
): void {
  const L = (problem.network.widths?.length ?? (problem.network.layers?.length ?? 0) + 1) - 1;
  record.diverged = diverged;
  record.weights.length = 0;
  while (record.rows.length < steps.length) record.rows.push(new Float64Array(widthOf(L)).fill(Number.NaN));
  onSeen?.({ run, index, row: record.rows[index].slice(), diverged: true });
}

/** The first layer whose weights are not finite, or the last. */
function oddLayer(network: Network, L: number): number {
  const state = network.read();
  for (let l = 1; l < L; l++) if (!state[`W_${l}`].every(Number.isFinite)) return l;
  return L;
}

/** W_1 … W_L one after the other. */
function stacked(state: State): Float32Array {
  const all = Object.keys(state).filter((name) => /^W_\d+$/.test(name));
  const parts = all.map((_, i) => state[`W_${i + 1}`]);
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** The rule and the frozen layers of each step. A schedule's times are in epochs or in steps, as those of the problem. */
function phasesOf(
  { rule, schedule = [], epochs }: ResolvedDeepProblem,
  perEpoch: number,
): (step: number) => Phase {
  const unit = epochs ? perEpoch : 1;
  const phases: { from: number; phase: Phase }[] = [{ from: 0, phase: { rule, frozen: [] } }];
  for (const { from, rule, frozen } of schedule) {
    const before = phases[phases.length - 1].phase;
    phases.push({
      from: Math.round(from * unit),
      phase: { rule: rule ?? before.rule, frozen: frozen ?? before.frozen },
    });
  }
  return (step) => {
    let now = phases[0].phase;
    for (const { from, phase } of phases) if (from <= step) now = phase;
    return now;
  };
}
