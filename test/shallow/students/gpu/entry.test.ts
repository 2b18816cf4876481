import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findEntry, nameOf } from '../../../../src/shallow/students/gpu/entry.ts';
import type * as Vulkan from '../../../../src/shallow/students/gpu/vulkan.ts';

/* In which order adapters are looked for on Node, with a Dawn that is made up. */
const machine = vi.hoisted(() => ({
  /** The adapters of the drivers that VK_DRIVER_FILES names; of the system's own where it names none. */
  adapters: {} as Record<string, string[]>,
  /** What it named whenever Dawn was asked. */
  asked: [] as string[],
  missing: undefined as string | undefined,
  loader: true,
}));
vi.mock('../../../../src/shallow/students/gpu/vulkan.ts', async (original) => ({
  ...(await original<typeof Vulkan>()),
  vulkanMissing: () => machine.missing,
  takesDrivers: () => machine.loader,
}));
vi.mock('webgpu', () => ({
  create: (flags: string[]) => ({
    requestAdapter: () => {
      const { VK_DRIVER_FILES: drivers = 'system', VK_ICD_FILENAMES: old = 'system' } = process.env;
      expect(old).toBe(drivers);
      machine.asked.push(drivers);
      const there = machine.adapters[drivers] ?? [];
      const [, wanted] = /^adapter=(.*)/.exec(flags[0] ?? '') ?? [];
      const found = wanted === undefined ? there[0] : there.find((name) => name === wanted);
      if (found !== undefined)
        return Promise.resolve({ info: { vendor: found, architecture: '', device: '' } });
      return Promise.reject(new Error(there.map((name) => `name: '${name}'`).join('\n')));
    },
  }),
}));

let folder: string;
let driver: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
  driver = join(folder, 'vk_swiftshader_icd.json');
  writeFileSync(driver, '{}');
  vi.stubEnv('CHROMIUM', join(folder, 'chromium'));
  vi.stubEnv('VK_DRIVER_FILES', undefined);
  vi.stubEnv('VK_ICD_FILENAMES', undefined);
  Object.assign(machine, { adapters: { [driver]: ['soft'] }, asked: [], missing: undefined, loader: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const found = async (name: string | undefined, search: 'system' | 'software too') => {
  const offer = await (await findEntry()).request(name, search);
  return offer && nameOf(offer.adapter);
};
const drivers = () => [process.env.VK_DRIVER_FILES, process.env.VK_ICD_FILENAMES];

test("what the system's drivers offer comes first, also where software is allowed", async () => {
  machine.adapters.system = ['card'];
  expect(await found(undefined, 'software too')).toBe('card');
  expect(await found('CAR', 'software too')).toBe('card');
  expect(new Set(machine.asked)).toEqual(new Set(['system']));
});

test('where they offer nothing, the software of Chromium is taken, and nobody else sees its driver', async () => {
  const asking = found(undefined, 'software too');
  expect(await asking).toBe('soft');
  expect(machine.asked).toEqual(['system', driver]);
  expect(drivers()).toEqual([undefined, undefined]);
});

test('drivers that the user names are named again afterwards', async () => {
  vi.stubEnv('VK_DRIVER_FILES', '/card.json');
  vi.stubEnv('VK_ICD_FILENAMES', '/card.json');
  expect(await found(undefined, 'software too')).toBe('soft');
  expect(machine.asked).toEqual(['/card.json', driver]);
  expect(drivers()).toEqual(['/card.json', '/card.json']);
});

test('without leave, software is not looked for', async () => {
  expect(await found(undefined, 'system')).toBeUndefined();
  expect(await found('soft', 'system')).toBeUndefined();
  expect(new Set(machine.asked)).toEqual(new Set(['system']));
});

test('it is found by its name beside a card, and listed once', async () => {
  machine.adapters.system = ['card'];
  expect(await found('sof', 'software too')).toBe('soft');
  const entry = await findEntry();
  expect(await entry.names('software too')).toEqual(['card', 'soft']);
  expect(await entry.names('system')).toEqual(['card']);
  machine.adapters.system = ['soft'];
  expect(await entry.names('software too')).toEqual(['soft']);
});

test('where Vulkan has no driver of its own, Dawn is not asked for one', async () => {
  machine.missing = 'no driver';
  expect(await found(undefined, 'software too')).toBe('soft');
  expect(machine.asked).toEqual([driver]);
});

test('why there is none says what was looked for, where, and what to install', async () => {
  const entry = await findEntry();
  expect(entry.whyNone('system')).toMatch(/^there is no GPU, or its driver offers .*12$/);
  machine.missing = 'no driver';
  expect(entry.whyNone('system')).toBe('no driver');
  expect(entry.whyNone('software too')).toBe(
    `no driver; nor did SwiftShader start, the GPU in software that Chromium brings: ${driver}`,
  );
  rmSync(driver);
  expect(entry.whyNone('software too')).toBe(
    `no driver; nor is there SwiftShader, the GPU in software that Chromium brings: looked for vk_swiftshader_icd.json in ${folder} (Debian: apt-get install chromium; elsewhere set CHROMIUM=path)`,
  );
  // No driver helps where there is no loader.
  machine.loader = false;
  expect(entry.whyNone('software too')).toBe('no driver');
});
