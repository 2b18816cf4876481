import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Survey, surveyGpus } from '../shallow/students/gpu/index.ts';

/** What is published has it beside this module; the sources have it in TypeScript, which Node need not run. */
const SCRIPT = fileURLToPath(new URL('./gpuSurvey.js', import.meta.url));

/**
 * Tests the GPUs in another process, without what the Vulkan loader, drivers and Dawn write to standard error, and
 * without harm if a driver ends it.
 */
export async function quietSurvey(): Promise<Survey> {
  if (!existsSync(SCRIPT)) return surveyGpus();
  const child = spawn(process.execPath, [SCRIPT], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (data: string) => {
    text += data;
  });
  const how = await new Promise<string>((resolve) => {
    child.on('error', ({ message }) => resolve(message));
    child.on('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  try {
    return JSON.parse(text) as Survey;
  } catch {
    const trouble = `the test of the GPUs ended before its time (${how}); alignode doctor --verbose shows what their drivers say`;
    return { adapters: [], troubles: [trouble] };
  }
}
