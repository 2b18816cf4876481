import type { Room } from './break.ts';
import { book } from './rooms/book.ts';
import { cli } from './rooms/cli.ts';
import { compare } from './rooms/compare.ts';
import { deepData } from './rooms/deepData.ts';
import { deepLinear } from './rooms/deepLinear.ts';
import { deepNetworks } from './rooms/deepNetworks.ts';
import { deepProblem } from './rooms/deepProblem.ts';
import { deepReference } from './rooms/deepReference.ts';
import { figures } from './rooms/figures.ts';
import { gaussian } from './rooms/gaussian.ts';
import { gpu } from './rooms/gpu.ts';
import { kernel } from './rooms/kernel.ts';
import { numbers } from './rooms/numbers.ts';
import { ode } from './rooms/ode.ts';
import { page } from './rooms/page.ts';
import { problem } from './rooms/problem.ts';
import { random } from './rooms/random.ts';
import { students } from './rooms/students.ts';
import { theory } from './rooms/theory.ts';

/** Every change that the tests are tried with, room by room. */
export const rooms: readonly Room[] = [
  numbers,
  random,
  gaussian,
  problem,
  theory,
  ode,
  deepProblem,
  deepData,
  deepLinear,
  deepReference,
  deepNetworks,
  students,
  kernel,
  gpu,
  compare,
  figures,
  cli,
  page,
  book,
];
