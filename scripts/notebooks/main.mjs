// The notebooks: npm run notebooks opens them in Jupyter, npm run notebooks:run [-- NAME ...] runs them and stores
// their outputs. Missing tools are installed on the way, or named. Needs the built package.
import { findDeno, NO_KERNEL } from './kernel.mjs';
import { openNotebooks } from './open.mjs';
import { storeOutputs } from './store.mjs';

const ACTIONS = { open: openNotebooks, run: storeOutputs };

const [action, ...rest] = process.argv.slice(2);
try {
  if (!Object.hasOwn(ACTIONS, action ?? ''))
    throw new Error('use: node scripts/notebooks/main.mjs open [ARGUMENT OF JUPYTER ...], or run [NAME ...]');
  const deno = findDeno();
  if (deno === undefined) throw new Error(NO_KERNEL);
  process.exitCode = await ACTIONS[action](rest, deno);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
