import { expect, test } from 'vitest';
import { missingTools } from '../../scripts/missing-tools.mjs';

const bare = { chromium: false, vulkan: false, aptAsRoot: false, ci: false };

test('where every tool is there, nothing is said or done', () => {
  expect(missingTools({ ...bare, chromium: true, vulkan: true, ci: true })).toBeUndefined();
});

test('root on Debian gets what is missing, and no more', () => {
  expect(missingTools({ ...bare, aptAsRoot: true })?.install).toEqual(['chromium', 'libvulkan1']);
  expect(missingTools({ ...bare, aptAsRoot: true, chromium: true })?.install).toEqual(['libvulkan1']);
  expect(missingTools({ ...bare, aptAsRoot: true, vulkan: true })?.install).toEqual(['chromium']);
});

test('others are told what to install, and that tests will be skipped', () => {
  const missing = missingTools({ ...bare, vulkan: true });
  expect(missing).toMatchObject({ install: [], fails: false });
  expect(missing?.says).toMatch(/^Chromium not found .*apt-get install chromium;.*CHROMIUM=.*skipped\.$/);
});

test('with CI=true a missing tool is a failure', () => {
  const missing = missingTools({ ...bare, chromium: true, ci: true });
  expect(missing?.fails).toBe(true);
  expect(missing?.says).toMatch(/^the Vulkan loader libvulkan\.so\.1 not found .*libvulkan1\).*CI=true/);
});
