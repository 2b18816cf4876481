// Compiles kernel/ to WebAssembly with SIMD, and writes it as a module of text: it can be imported wherever the rest of
// the package can, in Node, in a page and in a page's workers, and needs no file or address at run time.
import { writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const files = {};
const { error, stderr } = await asc.main(
  [
    'kernel/index.ts',
    '--outFile=kernel.wasm',
    '--runtime=stub',
    '--enable=simd',
    '--use=abort=',
    '-O3',
    '--noAssert',
    '--converge',
  ],
  {
    writeFile: (name, contents) => {
      files[name] = contents;
    },
  },
);
if (error) {
  process.stderr.write(stderr.toString());
  throw error;
}
const text = Buffer.from(files['kernel.wasm']).toString('base64');
writeFileSync(
  'src/shallow/students/kernelBytes.ts',
  `/** kernel/, compiled by scripts/build-kernel.mjs: WebAssembly, in base64. Not to be edited. */\nexport const kernelBytes =\n  '${text}';\n`,
);
console.log(`kernel: ${files['kernel.wasm'].length} bytes of WebAssembly`);
