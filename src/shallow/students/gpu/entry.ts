import { findSwiftShader, howToGetChromium } from '../../../support/chromium.ts';
import { AlignodeError, firstLine } from '../../../support/error.ts';
import { onNode } from '../../../support/onNode.ts';
import { takesDrivers, vulkanMissing, withDriver } from './vulkan.ts';

/** Where adapters come from: the page's own WebGPU, or that of the package `webgpu` on Node. */
export interface Entry {
  /** The names of the adapters there are, where they can be listed without asking for each. */
  names(search: Search): Promise<string[]>;
  /**
   * An adapter whose name, as its driver or the adapter itself gives it, contains `name`, or the preferred one;
   * undefined if there is none.
   */
  request(name: string | undefined, search: Search): Promise<Offer | undefined>;
  /** Why there is no adapter, in words that say what would do. */
  whyNone(search: Search): string;
}

/**
 * Where adapters are looked for: among those that the system offers, or then also in the software that Chromium brings.
 */
export type Search = 'system' | 'software too';

export interface Offer {
  adapter: GPUAdapter;
  /**
   * The GPU object that the adapter came from. Dawn on Node crashes at the next call if it is garbage collected before
   * the device is gone.
   */
  owner: GPU;
}

/** The way in to WebGPU here; throws `not-available` where there is none. */
export async function findEntry(): Promise<Entry> {
  if (onNode()) return nodeEntry();
  const gpu = (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu;
  if (gpu === undefined)
    throw new AlignodeError(
      'not-available',
      'this page has no WebGPU; use a browser that has it, and https or localhost, without which browsers hide it',
    );
  return pageEntry(gpu);
}

interface Dawn {
  create(flags: string[]): GPU;
}

/** A variable, so that bundlers of pages do not follow it. */
const DAWN = 'webgpu';

async function nodeEntry(): Promise<Entry> {
  let dawn: Dawn;
  try {
    dawn = (await import(/* @vite-ignore */ DAWN)) as Dawn;
  } catch (error) {
    const absent = (error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND';
    throw new AlignodeError(
      'not-available',
      `the package "webgpu" cannot be loaded (${firstLine(error)}); ${absent ? 'install it' : 'it does not work here, or is damaged: install it again'} with npm install webgpu`,
    );
  }
  /** The ways to start Dawn, in the order in which they are tried. */
  const starts = (search: Search): Start[] => {
    const software = search === 'software too' && takesDrivers() ? findSwiftShader().file : undefined;
    return [
      ...(vulkanMissing() === undefined ? [asItIs] : []),
      ...(software === undefined ? [] : [<T>(start: () => T) => withDriver(software, start)]),
    ];
  };
  /** Dawn lists its adapters when it is asked for one that does not exist. */
  const listed = async (by: Start): Promise<string[]> => {
    try {
      await by(() => dawn.create([`adapter=${NO_SUCH_NAME}`]).requestAdapter());
      return [];
    } catch (error) {
      return [...String(error).matchAll(/name: '([^']*)'/g)].map(([, name]) => name);
    }
  };
  const find = async (by: Start, name: string | undefined): Promise<Offer | undefined> => {
    const asked = (flags: string[]) => by(() => offer(dawn.create(flags), WAYS[0]));
    if (name === undefined) return asked([]);
    const names = await listed(by);
    const one = (full: string) => asked([`adapter=${full}`]);
    // Where none are listed, the name is tried as it is.
    const full = names.length === 0 ? name : names.find((known) => contains(known, name));
    if (full !== undefined) return one(full);
    return firstNamed(
      name,
      names.map((known) => () => one(known)),
    );
  };
  return {
    names: async (search) => {
      const names = await Promise.all(starts(search).map(listed));
      return [...new Set(names.flat())];
    },
    request: async (name, search) => {
      for (const by of starts(search)) {
        const found = await find(by, name);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    whyNone: (search) => {
      const why = vulkanMissing() ?? 'there is no GPU, or its driver offers no Vulkan, Metal or Direct3D 12';
      return search === 'software too' && takesDrivers() ? `${why}; ${whyNoSoftware()}` : why;
    },
  };
}

/** Calls what makes Dawn look for adapters, in an environment of its own. */
type Start = <T>(start: () => T) => T;

const asItIs: Start = (start) => start();

function whyNoSoftware(): string {
  const { file, lookedFor } = findSwiftShader();
  return file === undefined
    ? `nor is there SwiftShader, the GPU in software that Chromium brings: looked for ${lookedFor} (${howToGetChromium})`
    : `nor did SwiftShader start, the GPU in software that Chromium brings: ${file}`;
}

async function offer(owner: GPU, way: GPURequestAdapterOptions): Promise<Offer | undefined> {
  const adapter = await owner.requestAdapter(way).catch(() => null);
  return adapter === null ? undefined : { adapter, owner };
}

const NO_SUCH_NAME = '(list)';

function pageEntry(gpu: GPU): Entry {
  return {
    names: async () => [],
    request: (name) =>
      name === undefined
        ? offer(gpu, WAYS[0])
        : firstNamed(
            name,
            WAYS.map((way) => () => offer(gpu, way)),
          ),
    whyNone: () => 'the browser has no adapter for this page; its settings may allow one',
  };
}

/** Pages may not list adapters, but may ask for them in three ways. */
const WAYS: readonly GPURequestAdapterOptions[] = [
  { powerPreference: 'high-performance' },
  { powerPreference: 'low-power' },
  { forceFallbackAdapter: true },
];

/** The first of some offers whose adapter has this in its own name. */
async function firstNamed(
  name: string,
  offers: readonly (() => Promise<Offer | undefined>)[],
): Promise<Offer | undefined> {
  for (const make of offers) {
    const found = await make();
    if (found !== undefined && contains(nameOf(found.adapter), name)) return found;
  }
  return undefined;
}

/** Whether a name has a part in it, in whatever case. */
const contains = (name: string, part: string): boolean => name.toLowerCase().includes(part.toLowerCase());

/** What an adapter calls itself. */
export const nameOf = ({ info }: GPUAdapter): string =>
  [info.vendor, info.architecture, info.device]
    .map((part) => part.replace(/-+$/, ''))
    .filter((part) => part !== '')
    .join(' ') || 'unnamed';
