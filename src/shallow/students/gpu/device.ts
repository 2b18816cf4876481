import { AlignodeError, reasonOf } from '../../../support/error.ts';
import type { AdapterFacts } from '../types.ts';
import { type Entry, findEntry, nameOf, type Offer, type Search } from './entry.ts';

export interface GpuOptions {
  /** A part of the name of the adapter to use; the fastest if not given. */
  adapter?: string | undefined;
  /** Whether an adapter that computes on the CPU will do. */
  allowSoftware?: boolean | undefined;
  /** False: reductions by barriers also where the adapter has subgroups. For tests. */
  subgroups?: boolean;
}

/** A device that is ready for work. */
export interface Gpu {
  readonly device: GPUDevice;
  /** What the device came from: held for as long as the device is. */
  readonly owner: GPU;
  readonly adapter: AdapterFacts;
  /** The threads of a subgroup, where they can be used; otherwise 1. */
  readonly subgroupSize: number;
  /** Why the device is gone, once it is. */
  lost(): string | undefined;
  /** Makes objects on the device; throws what the device finds wrong, which it would otherwise only log. */
  checked<T>(make: () => T | Promise<T>): Promise<T>;
  /** Submits work that should take so many milliseconds, and resolves when the device has done it. */
  perform(commands: GPUCommandBuffer, expected: number): Promise<void>;
  close(): Promise<void>;
}

/** Limits that are raised to those of the adapter; the others stay as WebGPU guarantees them. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
] as const;

export async function openGpu(options: GpuOptions = {}): Promise<Gpu> {
  const entry = await findEntry();
  const offer = await chooseAdapter(
    entry,
    options.adapter,
    options.allowSoftware ? 'software too' : 'system',
  );
  const facts = factsOf(offer.adapter);
  if (facts.software && !options.allowSoftware)
    throw new AlignodeError(
      'not-available',
      `the only adapter, ${facts.name}, computes on the CPU, slower than the backend "cpu"; --allow-software (allowSoftware: true) allows it all the same, for tests`,
    );
  return openDevice(offer, facts, options.subgroups ?? true);
}

async function chooseAdapter(entry: Entry, wanted: string | undefined, search: Search): Promise<Offer> {
  const offer = await entry.request(wanted, search);
  if (offer !== undefined) return offer;
  const names = wanted === undefined ? [] : await entry.names(search);
  const found = names.map((one) => `"${one}"`).join(', ');
  throw new AlignodeError(
    'not-available',
    found === '' ? entry.whyNone(search) : `no adapter has "${wanted}" in its name; found ${found}`,
  );
}

const factsOf = (adapter: GPUAdapter): AdapterFacts => ({
  name: nameOf(adapter),
  driver: adapter.info.description,
  software: adapter.info.isFallbackAdapter === true,
});

async function openDevice({ adapter, owner }: Offer, facts: AdapterFacts, subgroups: boolean): Promise<Gpu> {
  const subgroupSize = subgroups ? subgroupSizeOf(adapter) : 1;
  const device = await adapter
    .requestDevice({
      requiredFeatures: subgroupSize > 1 ? ['subgroups'] : [],
      requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
    })
    .catch((error) => {
      throw new AlignodeError('not-available', `${facts.name} gave no device: ${reasonOf(error)}`);
    });
  let lost: string | undefined;
  const gone = device.lost.then(({ message, reason }) => {
    lost = `the GPU was lost: ${message || reason || 'no reason was given'}`;
  });
  let fault: string | undefined;
  const noteFault = (event: Event): void => {
    fault ??= (event as GPUUncapturedErrorEvent).error.message;
  };
  device.addEventListener('uncapturederror', noteFault);
  const stillThere = (): void => {
    if (lost !== undefined) throw new AlignodeError('not-available', lost);
    if (fault === undefined) return;
    // Reported once, to the current caller: the next batch may succeed.
    const reported = fault;
    fault = undefined;
    throw new AlignodeError('not-available', `the GPU refused work: ${reported}`);
  };

  return {
    device,
    owner,
    adapter: facts,
    subgroupSize,
    lost: () => lost,
    checked: async (make) => {
      for (const filter of SCOPES) device.pushErrorScope(filter);
      let made: Awaited<ReturnType<typeof make>> | undefined;
      let thrown: unknown;
      try {
        made = await make();
      } catch (error) {
        thrown = error;
      }
      // Every error scope is popped, whatever happens.
      const errors = await Promise.all(SCOPES.map(() => device.popErrorScope().catch(() => null)));
      stillThere();
      const found = errors.find((error) => error !== null);
      if (found) throw new AlignodeError('not-available', `the GPU: ${found.message}`);
      if (thrown !== undefined) throw thrown;
      return made as Awaited<ReturnType<typeof make>>;
    },
    perform: async (commands, expected) => {
      device.queue.submit([commands]);
      // Dawn on Node polls the driver without a pause as long as a promise is pending.
      await sleep(expected);
      await device.queue.onSubmittedWorkDone();
      stillThere();
    },
    close: async () => {
      // Dawn on Node crashes if a device is garbage collected, or the process ends, while the device still has a
      // listener.
      device.removeEventListener('uncapturederror', noteFault);
      device.destroy();
      await gone;
    },
  };
}

const SCOPES = ['out-of-memory', 'internal', 'validation'] as const;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Only subgroups of one fixed size are used: sums are then taken in one order, whatever the driver would choose. */
function subgroupSizeOf({ features, info }: GPUAdapter): number {
  const { subgroupMinSize: least = 1, subgroupMaxSize: most = 0 } = info;
  return features.has('subgroups') && least === most ? least : 1;
}
