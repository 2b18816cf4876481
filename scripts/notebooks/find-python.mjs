// Finds a Python that runs notebooks. There may be several, and the first on PATH need not be the one that Debian's
// packages are for.
import { spawnSync } from 'node:child_process';

/** $PYTHON alone where it is set: a user who names one wants that one. */
export const pythons = () =>
  process.env.PYTHON ? [process.env.PYTHON] : ['python3', '/usr/bin/python3', 'python', 'py'];

/** Throws if $PYTHON is not a program: no other one should be tried, and no package would help. */
function checkNamed() {
  const named = process.env.PYTHON;
  if (named && spawnSync(named, ['--version'], { stdio: 'ignore' }).error)
    throw new Error(`PYTHON is ${named}, which cannot be started; name a Python, or leave PYTHON unset`);
}

/** The first Python that has what scripts/notebooks/run.py imports, or undefined. */
export function findRunner() {
  checkNamed();
  return pythons().find((python) => runs([python, '-c', 'import nbclient, nbformat']));
}

/** The first Python that has numpy, or undefined. */
export function findNumpy() {
  checkNamed();
  return pythons().find((python) => runs([python, '-c', 'import numpy']));
}

/** Whether a command can be started and ends well. */
export const runs = ([program, ...args]) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;
