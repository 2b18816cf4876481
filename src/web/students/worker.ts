import {
  type Problem,
  resolveProblem,
  type Simulation,
  type SimulationProgress,
  type SimulationSettings,
  simulate,
} from '../../index.ts';
import { reasonOf } from '../../support/error.ts';
import { unitsOf } from '../state/problem.ts';
import type { StudentsSettings } from '../state/state.ts';
import { judgeFor } from './judge.ts';
import { collect } from './measurements.ts';
import type { News, Order } from './protocol.ts';
import { rateMeter } from './rate.ts';
import { throttled } from './throttled.ts';

/*
 * Trains students once, reports their progress now and then, and compares them with theory, so that neither the page
 * nor its theory waits for them. The page ends this worker when it is done.
 */

const scope = self as unknown as {
  onmessage: (event: { data: Order }) => void;
  postMessage(news: News, transfer?: Transferable[]): void;
};

const stopped = new AbortController();
let pause: Promise<void> | undefined;
let goOn = (): void => {};

scope.onmessage = ({ data }) => {
  if (data === 'stop') stopped.abort();
  else if (data === 'pause')
    pause ??= new Promise((resolve) => {
      goOn = resolve;
    });
  else if (data === 'resume') {
    pause = undefined;
    goOn();
  } else
    train(data.train, data.settings).catch((error) =>
      scope.postMessage({ kind: 'failed', message: reasonOf(error) }),
    );
};

/** Milliseconds between two pictures, and between two looks at theory. */
const PICTURE = 100;
const LOOK = 1000;

async function train(problem: Problem, { backend, ...asked }: StudentsSettings): Promise<void> {
  const { K, M } = unitsOf(problem);
  const measured = collect(K, M, resolveProblem(problem).alpha, asked.runs);
  const judge = judgeFor(problem, asked.N);
  const meter = rateMeter();
  let failed: Simulation['failed'] = [];
  let far: SimulationProgress | undefined;
  /** The settings asked for, until it is known what does the work. */
  let settings: Pick<SimulationSettings, 'N' | 'backend'> = { N: asked.N, backend };

  const look = (): void => {
    const agreed =
      measured.students().length > 0 && judge.look({ perRun: measured.curves(), settings, failed });
    if (agreed) scope.postMessage(agreed);
  };
  const picture = (progress: SimulationProgress): void => {
    const rate = meter.at(performance.now(), progress.steps);
    const moments = measured.fresh() ? measured.moments() : undefined;
    scope.postMessage({
      kind: 'going',
      paused: pause !== undefined,
      progress: { ...progress, rate },
      ...(moments && { moments }),
      diverged: measured.diverged(),
    });
  };
  const pictures = throttled(PICTURE);
  const looks = throttled(LOOK);

  const { perRun, ...simulation } = await simulate(problem, {
    ...asked,
    backend,
    // A user who asks for a GPU gets any adapter, even one in software, and sees which one it is.
    ...(backend === 'gpu' && { allowSoftware: true }),
    signal: stopped.signal,
    onStart: (start) => {
      settings = start.settings;
      scope.postMessage({ kind: 'begun', ...start });
    },
    onMeasured: measured.take,
    onProgress: (progress) => {
      far = progress;
      if (pause !== undefined) {
        picture(progress);
        return pause.then(meter.restart);
      }
      pictures(() => picture(progress));
      looks(look);
      return undefined;
    },
  });
  failed = simulation.failed;
  measured.forget(failed);
  measured.renumber(perRun);
  // A copy, as the last look needs the rows: it may take long, and what was measured does not wait for it.
  scope.postMessage({
    kind: 'over',
    stopped: stopped.signal.aborted,
    ...(far && { progress: { ...far, rate: Number.NaN } }),
    moments: measured.moments(),
    diverged: measured.diverged(),
    simulation,
    finished: perRun.map(({ run }) => run),
    students: measured.students(),
    measured: measured.all,
  });
  if (measured.students().length > 0) {
    await judge.known;
    look();
  }
  scope.postMessage({ kind: 'done' });
}
