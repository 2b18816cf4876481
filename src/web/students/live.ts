import { type Problem, resolveProblem } from '../../index.ts';
import { reasonOf } from '../../support/error.ts';
import { unitsOf } from '../state/problem.ts';
import type { State, StudentsSettings } from '../state/state.ts';
import { heard } from './heard.ts';
import { collect } from './measurements.ts';
import { sameUnits, studentsProblem, whatIsLearned } from './problem.ts';
import type { News, Order } from './protocol.ts';
import { countOf, type StudentsSeen } from './seen.ts';

/**
 * Milliseconds after a stop in which the students may end by themselves and be compared with theory; then their worker
 * is terminated.
 */
const GRACE = 5000;

/** Why they are not compared with theory. */
const STOPPED = 'Stop came before theory was solved: train again, and leave it the time.';

export interface StudentsLive {
  seen(): StudentsSeen | undefined;
  /**
   * Trains the students that the page asks for now, in place of the present ones; does nothing if exactly these are at
   * work.
   */
  train(state: State): void;
  pause(): void;
  resume(): void;
  stop(): void;
  /** To be called at every change of the page's problem. */
  follow(state: State): void;
  /** Offers the students of a link, which are trained only if the user asks for them; undefined: it has none. */
  offer(settings: StudentsSettings | undefined): void;
  /** The settings of the students that are offered for the page's problem. */
  offered(): StudentsSettings | undefined;
  /** The settings of the students of the page's problem, trained or offered: a link holds them. */
  settings(): StudentsSettings | undefined;
}

export const isAtWork = ({ status }: StudentsSeen): boolean =>
  ['starting', 'training', 'pausing', 'paused', 'stopping', 'comparing'].includes(status);

/** Students and the worker that trains them: one set at a time. */
export function studentsLive(changed: () => void, notify: (words: string) => void): StudentsLive {
  let seen: StudentsSeen | undefined;
  let worker: StudentsWorker | undefined;
  /** What the students in sight learn and were asked, as text. */
  let learned = '';
  let asked = '';
  /** What will be said of them when their worker has ended. */
  let ending: 'stopped' | 'finished' = 'stopped';
  let grace: ReturnType<typeof setTimeout> | undefined;
  let offered: StudentsSettings | undefined;

  /** Those in sight, if they are of the page's problem. */
  const trained = (): StudentsSettings | undefined =>
    seen && !seen.other && seen.status !== 'failed' ? seen.asked : undefined;
  const end = (): void => {
    worker?.end();
    worker = undefined;
    clearTimeout(grace);
  };
  const put = (some: Partial<StudentsSeen>): void => {
    seen = { ...seen!, ...some };
    changed();
  };
  /** The worker is ended; what it has reported stays. */
  const close = (): void => {
    end();
    const unheld = !seen!.agreement && seen!.noAgreement === undefined && countOf(seen!) > 0;
    put({ status: ending, ...(unheld && { noAgreement: STOPPED }) });
  };
  const fail = (why: string): void => {
    if (seen!.simulation) {
      put({ noAgreement: why });
      close();
    } else {
      end();
      put({ status: 'failed', failure: why });
    }
  };
  const send = (order: Order): void => worker?.send(order);

  const hear = (news: News): void => {
    if (news.kind === 'over') ending = news.stopped && !news.simulation.complete ? 'stopped' : 'finished';
    if (news.kind === 'done') close();
    else if (news.kind === 'failed') fail(news.message);
    else put(heard(seen!, news));
  };

  const begin = (problem: Problem, { students: settings, ...page }: State): void => {
    end();
    const resolved = resolveProblem(problem);
    const { K, M } = unitsOf(resolved);
    learned = whatIsLearned(page);
    ending = 'stopped';
    offered = undefined;
    seen = {
      problem: resolved,
      other: false,
      asked: settings,
      status: 'starting',
      notes: [],
      alpha: resolved.alpha,
      ...collect(K, M, resolved.alpha, 0).moments(),
      diverged: 0,
    };
    worker = openWorker(hear, (why) => {
      fail(why);
      notify(
        `The students could not go on: ${why}. What was measured stays; train again, or load the page again.`,
      );
    });
    send({ train: problem, settings });
    changed();
  };

  return {
    seen: () => seen,
    train(state) {
      try {
        const problem = studentsProblem(state);
        const wanted = JSON.stringify([resolveProblem(problem), state.students]);
        if (seen && isAtWork(seen) && seen.status !== 'stopping' && wanted === asked) return;
        asked = wanted;
        begin(problem, state);
      } catch (error) {
        notify(reasonOf(error));
      }
    },
    pause() {
      if (seen?.status !== 'training') return;
      send('pause');
      put({ status: 'pausing' });
    },
    resume() {
      if (seen?.status !== 'paused' && seen?.status !== 'pausing') return;
      send('resume');
      put({ status: 'training' });
    },
    stop() {
      if (!seen || !isAtWork(seen) || seen.status === 'stopping') return;
      if (seen.status === 'comparing') return close();
      send('stop');
      put({ status: 'stopping' });
      grace = setTimeout(close, GRACE);
    },
    follow(state) {
      if (offered) {
        offered = undefined;
        changed();
      }
      if (!seen) return;
      if (!sameUnits(seen.problem, state.problem)) {
        end();
        seen = undefined;
        changed();
        return;
      }
      const other = learned !== whatIsLearned(state);
      if (other !== seen.other) put({ other });
    },
    offer(settings) {
      offered = JSON.stringify(settings) === JSON.stringify(trained()) ? undefined : settings;
      changed();
    },
    offered: () => offered,
    settings: () => trained() ?? offered,
  };
}

/** A worker whose messages are received until it is ended; messages that it sent before are then ignored. */
function openWorker(hear: (news: News) => void, broken: (why: string) => void): StudentsWorker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'students' });
  worker.onmessage = ({ data }: MessageEvent<News>) => hear(data);
  worker.onerror = (event) => broken(event.message || 'the script that trains them could not be started');
  worker.onmessageerror = () => broken('what they sent could not be read');
  return {
    send: (order) => worker.postMessage(order),
    end() {
      worker.onmessage = worker.onerror = worker.onmessageerror = null;
      worker.terminate();
    },
  };
}

interface StudentsWorker {
  send(order: Order): void;
  end(): void;
}
