// Run before the tests: what they need beside npm packages is Chromium, for pages and for the GPU in software that it
// brings, and on Linux a Vulkan loader. What cannot be got is named.
import { getTools } from './get-tools.mjs';

try {
  const missing = getTools({ vulkan: true, purpose: 'tests in pages and on a GPU in software' });
  if (missing !== undefined) {
    console.error(missing.says);
    if (missing.fails) process.exitCode = 1;
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
