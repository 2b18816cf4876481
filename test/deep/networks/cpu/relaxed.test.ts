import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { relaxedBackend } from '../../../../src/deep/networks/cpu/network.ts';
import { simulateDeep } from '../../../../src/deep/networks/index.ts';
import { deepProblem } from '../../../support/deepProblems.ts';

const library = new URL('../../../../dist/index.js', import.meta.url).href;
const { epochs: _, ...given } = deepProblem({ steps: [100], batch: 32 });
const problem = given;

/** Losses of both kernels after a hundred steps, where WebAssembly has relaxed SIMD: Node 20 asks for a flag. */
const program = `
  const { simulate } = await import(${JSON.stringify(library)});
  const problem = ${JSON.stringify(problem)};
  for (const backend of ['cpu', 'relaxed']) {
    const { mean, settings } = await simulate(problem, { threads: 1, backend });
    console.log(settings.backend, mean.trainLoss[0]);
  }
`;

it('trains the same networks but for rounding', () => {
  const flag = Number(process.versions.node.split('.')[0]) < 22 ? ['--experimental-wasm-relaxed-simd'] : [];
  const { stdout, stderr } = spawnSync(process.execPath, [...flag, '--input-type=module', '-e', program], {
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
  });
  const found = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  expect(
    found.map(([name]) => name),
    stderr,
  ).toEqual(['cpu', 'relaxed']);
  const [strict, relaxed] = found.map(([, loss]) => Number(loss));
  expect(strict).toBeLessThan(2);
  expect(Math.abs(relaxed / strict - 1)).toBeLessThan(1e-5);
});

it('is refused with the reason where it does not run, and is never taken unasked', async () => {
  const { settings } = await simulateDeep({ ...problem, steps: [1] }, { threads: 1 });
  expect(settings.backend).toBe('cpu');
  const missing = relaxedBackend.missing();
  if (missing === undefined) return;
  await expect(simulateDeep({ ...problem, steps: [1] }, { backend: 'relaxed' })).rejects.toThrow(
    `backend: "relaxed" does not run here: ${missing}; use "auto"`,
  );
  expect(missing).toContain('relaxed SIMD');
});
