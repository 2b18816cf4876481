import { AlignodeError } from '../../../support/error.ts';
import type { AdapterFacts } from '../types.ts';
import { openGpu } from './device.ts';
import { findEntry } from './entry.ts';
import { type SelfTest, selfTest } from './selfTest.ts';

/** What is to be known of an adapter. */
export interface AdapterReport extends AdapterFacts {
  features: string[];
  limits: { bufferBytes: number; workgroupBytes: number; workgroupThreads: number };
  /** 1: subgroups are not used. */
  subgroupSize: number;
  /** How it did in the self-test. */
  test: SelfTest;
  /** Milliseconds that opening it and the self-test took. */
  took: number;
}

/** What was found of GPUs. */
export interface Survey {
  adapters: AdapterReport[];
  troubles: string[];
  /** Why there is no GPU beside the adapters in software, where these are all. */
  softwareAlone?: string;
}

/**
 * Tests every adapter, including those in software. Also reports why the system has none, or why one cannot be used.
 */
export async function surveyGpus(): Promise<Survey> {
  const adapters: AdapterReport[] = [];
  const troubles: string[] = [];
  let softwareAlone: string | undefined;
  try {
    const entry = await findEntry();
    const names = await entry.names('software too');
    // With software alone one still wants to know why there is no GPU.
    if (names.length > 0 && (await entry.names('system')).length === 0)
      softwareAlone = entry.whyNone('system');
    for (const name of names.length > 0 ? names : [undefined])
      try {
        adapters.push(await report(name));
      } catch (error) {
        troubles.push(name === undefined ? messageOf(error) : `${name}: ${messageOf(error)}`);
      }
  } catch (error) {
    troubles.push(messageOf(error));
  }
  return { adapters, troubles, ...(softwareAlone !== undefined && { softwareAlone }) };
}

async function report(name: string | undefined): Promise<AdapterReport> {
  const start = performance.now();
  const gpu = await openGpu({ adapter: name, allowSoftware: true });
  try {
    const { limits, features } = gpu.device;
    const test = await selfTest(gpu);
    return {
      ...gpu.adapter,
      features: [...features].toSorted(),
      limits: {
        bufferBytes: Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize),
        workgroupBytes: limits.maxComputeWorkgroupStorageSize,
        workgroupThreads: limits.maxComputeInvocationsPerWorkgroup,
      },
      subgroupSize: gpu.subgroupSize,
      test,
      took: performance.now() - start,
    };
  } finally {
    await gpu.close();
  }
}

const messageOf = (error: unknown): string => {
  if (!(error instanceof AlignodeError)) throw error;
  return error.message;
};
