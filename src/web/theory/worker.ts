import {
  AlignodeError,
  type Curve,
  type IntegrateOptions,
  integrateInSteps,
  resolveProblem,
} from '../../index.ts';
import { nextTurn } from '../../support/breath.ts';
import { minimaOf, plateauOf } from './about.ts';
import type { Failure, Message, Question, Stage } from './protocol.ts';

/*
 * Solves the newest problem that it is asked for, and looks for a newer one between two slices of work. Only a first
 * picture that will be ready soon is finished all the same: otherwise there would be none while a slider moves faster
 * than curves come.
 */

const scope = self as unknown as {
  onmessage: (event: { data: Question }) => void;
  postMessage(message: Message): void;
};

const STAGES: readonly { stage: Stage; options: IntegrateOptions }[] = [
  { stage: 'draft', options: { rtol: 1e-6, atol: 1e-9 } },
  { stage: 'exact', options: {} },
];
/** Milliseconds of work between two checks for messages, and between two pictures of a curve that is slow to come. */
const SLICE = 6;
const PICTURE = 40;
/** A curve that came exactly in so many milliseconds last time needs no draft. */
const QUICK = 15;

/** Milliseconds for which a first picture may keep a newer question waiting. */
const PATIENCE = 120;

let newest: Question;
let working = false;
let lastExact = Number.POSITIVE_INFINITY;

scope.onmessage = ({ data }) => {
  newest = data;
  if (!working) void work();
};

async function work(): Promise<void> {
  working = true;
  let answered: Question | undefined;
  while (newest !== answered) {
    answered = newest;
    await answer(answered);
  }
  working = false;
}

async function answer(question: Question): Promise<void> {
  const { id, problem } = question;
  let end: number;
  try {
    const { alpha } = resolveProblem(problem);
    end = alpha[alpha.length - 1];
  } catch (error) {
    scope.postMessage({ kind: 'refused', id, failure: failureOf(error) });
    return;
  }
  const stages = lastExact < QUICK ? STAGES.slice(-1) : STAGES;
  let shown = false;
  for (const { stage, options } of stages) {
    const outcome = await solve(question, end, stage, options, shown);
    if (newest !== question) return;
    shown ||= outcome === 'shown';
  }
  await nextTurn();
  if (newest !== question) return;
  const plateau = plateauOf(problem);
  // Each may take a while.
  await nextTurn();
  if (newest !== question) return;
  scope.postMessage({ kind: 'about', id, plateau, minima: minimaOf(problem) });
}

/** One stage, to the time `end`; `shown`: a curve is on the screen already, and stays there until this one is whole. */
async function solve(
  question: Question,
  end: number,
  stage: Stage,
  options: IntegrateOptions,
  shown: boolean,
): Promise<'shown' | 'failed' | 'overtaken'> {
  const { id, problem } = question;
  const start = performance.now();
  let breath = start;
  let picture = start;
  let reached = 0;
  let curve: Curve | undefined;
  const show = (done: boolean, failure?: Failure): void => {
    if (curve === undefined) return;
    const took = performance.now() - start;
    scope.postMessage({
      kind: 'curve',
      id,
      stage,
      curve,
      reached,
      end,
      done,
      took,
      ...(failure && { failure }),
    });
  };
  try {
    const steps = integrateInSteps(problem, options);
    for (;;) {
      const next = steps.next();
      curve = next.done ? next.value : next.value.curve;
      reached = next.done ? end : next.value.reached;
      if (next.done) break;
      const now = performance.now();
      if (now - breath < SLICE) continue;
      if (now - picture > PICTURE) {
        if (shown) scope.postMessage({ kind: 'progress', id, reached, end });
        else show(false);
        picture = now;
      }
      await nextTurn();
      breath = performance.now();
      if (newest !== question && (shown || breath - start > PATIENCE)) return 'overtaken';
    }
  } catch (error) {
    // A loose tolerance may fail where the exact one does not.
    if (stage === 'draft') return 'failed';
    const failure = failureOf(error);
    if (curve === undefined) scope.postMessage({ kind: 'refused', id, failure });
    else show(true, failure);
    lastExact = Number.POSITIVE_INFINITY;
    return 'failed';
  }
  if (stage === 'exact') lastExact = performance.now() - start;
  show(true);
  return 'shown';
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof AlignodeError)) return { code: 'fault', message: String(error) };
  const { code, message, path, alpha, component } = error;
  return {
    code,
    message,
    ...(path !== undefined && { path }),
    ...(alpha !== undefined && { alpha }),
    ...(component !== undefined && { component }),
  };
}
