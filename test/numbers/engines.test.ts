import { afterEach, expect, it, vi } from 'vitest';
import { becomeAnotherEngine } from '../support/otherEngine.ts';
import { PROMISES } from '../support/promises.ts';

let putBack = (): void => {};
afterEach(() => putBack());

/** From the beginning, what is computed once and kept included. */
async function found(name: string): Promise<string> {
  vi.resetModules();
  const library = await import('../../src/index.ts');
  return JSON.stringify(await PROMISES[name](library));
}

it.each(Object.keys(PROMISES))('another engine finds the same bits: %s', async (name) => {
  const here = await found(name);
  expect(here.length).toBeGreaterThan(30);
  putBack = becomeAnotherEngine();
  expect(Math.sin(1)).not.toBe(Number('0.8414709848078965'));
  const there = await found(name);
  putBack();
  expect(there).toBe(here);
});
