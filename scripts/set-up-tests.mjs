// Run before the tests. Besides npm packages these need Chromium, for pages and for the software GPU that it brings; on
// Linux a Vulkan loader; and a Python that runs notebooks and has numpy. What cannot be installed is named.
import { getTools } from './get-tools.mjs';
import { beforeTests } from './missing-tools.mjs';

try {
  const missing = getTools(
    ['chromium', 'vulkan', 'runner', 'numpy'],
    'tests in pages, on a GPU in software, of notebooks, and of tables that numpy reads',
  );
  if (missing !== undefined) {
    const { says, fails } = beforeTests(missing, process.env.CI === 'true');
    console.error(says);
    if (fails) process.exitCode = 1;
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
