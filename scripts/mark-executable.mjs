// tsc writes plain files; the command needs the executable bit, which `npm pack` then keeps.
import { chmodSync } from 'node:fs';

chmodSync(new URL('../dist/cli/main.js', import.meta.url), 0o755);
