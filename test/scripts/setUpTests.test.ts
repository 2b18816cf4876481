import { expect, test } from 'vitest';
import { beforeTests, missingTools, TOOLS } from '../../scripts/missing-tools.mjs';

const person = { aptAsRoot: false };
const root = { aptAsRoot: true };

test('where every tool is there, nothing is said or done', () => {
  expect(missingTools([], root)).toBeUndefined();
});

test('root on Debian gets what is missing, and no more', () => {
  const got = (...absent: string[]): string[] | undefined => missingTools(absent, root)?.install;
  expect(got('chromium', 'vulkan', 'runner')).toEqual(['chromium', 'libvulkan1', 'python3-nbclient']);
  expect(got('vulkan')).toEqual(['libvulkan1']);
  expect(got('runner')).toEqual(['python3-nbclient']);
  expect(got('numpy')).toEqual(['python3-numpy']);
  expect(got('jupyter')).toEqual(['jupyter-notebook']);
});

test('others are told what to install, and which tests will be skipped', () => {
  const missing = missingTools(['chromium'], person)!;
  expect(missing.install).toEqual([]);
  const { says, fails } = beforeTests(missing, false);
  expect(says).toBe(
    'Chromium not found (Debian: apt-get install chromium; elsewhere, CHROMIUM=path): tests in pages will be skipped.',
  );
  expect(fails).toBe(false);
});

test('several that are missing are told in one line', () => {
  expect(missingTools(['vulkan', 'runner'], person)?.says).toBe(
    'the Vulkan loader libvulkan.so.1 and a runner of notebooks (nbclient for Python) not found ' +
      `(Debian: apt-get install libvulkan1 python3-nbclient; elsewhere, ${TOOLS.runner.elsewhere})`,
  );
});

test('with CI=true a missing tool is a failure', () => {
  const { says, fails } = beforeTests(missingTools(['runner'], person)!, true);
  expect(fails).toBe(true);
  expect(says).toMatch(
    /^a runner of notebooks .* not found .*: tests of notebooks need it and CI=true lets none be skipped\.$/,
  );
});
