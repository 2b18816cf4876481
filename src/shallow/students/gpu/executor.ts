import { breathing } from '../../../support/breath.ts';
import { reasonOf } from '../../../support/error.ts';
import type { Executor, Hooks } from '../job.ts';
import { cut, type RunRecord, recorder, type Task } from '../task.ts';
import type { StudentKind } from '../types.ts';
import type { GpuBatch, GpuKind, Pause } from './batch.ts';
import type { Gpu } from './device.ts';
import { pace } from './pace.ts';

/**
 * Runs tasks on a device, batch after batch of at most `lanes` students. A batch that fails is reported and the next
 * one tried, as long as there is a device.
 */
export const onGpu =
  (gpu: Gpu, kinds: Readonly<Record<StudentKind, GpuKind>>, lanes: number): Executor =>
  async (tasks, hooks) => {
    let settled = 0;
    for (const task of tasks.flatMap((one) => cut(one, lanes))) {
      if (hooks.stopped()) return;
      const lost = gpu.lost();
      if (lost !== undefined) {
        hooks.onFailed(task, lost);
        continue;
      }
      const onSteps = (steps: number) => hooks.onSteps(settled + steps);
      try {
        hooks.onFinished(await train(gpu, kinds[task.student], task, { ...hooks, onSteps }));
      } catch (error) {
        if (error === STOPPED) return;
        hooks.onFailed(task, gpu.lost() ?? reasonOf(error));
      }
      settled += task.steps[task.steps.length - 1] * task.seeds.length;
    }
  };

const STOPPED = new Error('stopped');
/** Milliseconds between two reports of progress. */
const TELL = 50;

/** Turns of the event loop, at which the work may be broken off. */
function pauses(stopped: () => boolean): Pause {
  const breathe = breathing();
  return () =>
    breathe()?.then(() => {
      if (stopped()) throw STOPPED;
    });
}

/** The runs of a task; none if it was stopped before their end. */
async function train(
  gpu: Gpu,
  kind: GpuKind,
  task: Task,
  { stopped, onSteps, onSeen }: Hooks,
): Promise<RunRecord[]> {
  const { first, seeds, problems, N, steps, testSet } = task;
  const each = seeds.map((_, i) => problems[problems.length === 1 ? 0 : i]);
  const recorders = each.map((problem, i) => recorder(problem, first + i, task, onSeen));
  const batch = await kind.start(gpu, each, N, seeds, pauses(stopped));
  const training = pace();
  const testing = pace();
  let done = 0;
  let reported = 0;
  /** Records what was measured. It is called while the device is at work on the next steps. */
  let record = async (): Promise<void> => {};

  try {
    for (let t = 0; t < steps.length; t++) {
      while (done < steps[t]) {
        const take = training.take(steps[t] - done);
        const start = performance.now();
        let recording = 0;
        const recorded = record().then(() => {
          recording = performance.now() - start;
        });
        await both(batch.advance(take, training.expected(take)), recorded);
        record = async () => {};
        const took = performance.now() - start;
        // If this thread was slower than the device, the time says nothing about the device.
        if (recording < took / 2) training.took(take, took);
        done += take;
        if (training.steady() && performance.now() - reported > TELL) {
          reported = performance.now();
          await onSteps(done * seeds.length);
        }
        if (stopped()) return [];
      }
      await record();
      if (recorders.every((one) => one.over())) break;
      if (!(await test(batch, testSet, testing, stopped))) return [];
      const fetch = batch.measure();
      record = async () => {
        const { read, squares } = await fetch();
        recorders.forEach((one, i) => {
          one.at(
            t,
            (y) => read(i, y),
            () => squares(i) / testSet,
          );
        });
      };
    }
    await record();
    await onSteps(steps[steps.length - 1] * seeds.length);
    return recorders.map(({ result }) => result);
  } finally {
    batch.close();
  }
}

/** Sums over the test set, if there is one; false if it was stopped. */
async function test(
  batch: GpuBatch,
  inputs: number,
  { take, expected, took }: ReturnType<typeof pace>,
  stopped: () => boolean,
): Promise<boolean> {
  for (let at = 0; at < inputs; ) {
    const some = take(inputs - at);
    const start = performance.now();
    await batch.test(at, some, expected(some));
    took(some, performance.now() - start);
    at += some;
    if (stopped()) return false;
  }
  return true;
}

/** Waits for both, even if one fails: an unhandled rejection of the device's promise would end Node. */
async function both(one: Promise<void>, other: Promise<void>): Promise<void> {
  for (const result of await Promise.allSettled([one, other]))
    if (result.status === 'rejected') throw result.reason;
}
