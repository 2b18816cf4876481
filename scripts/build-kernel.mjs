// Compiles kernel/ to WebAssembly with SIMD, and writes it as modules of text: they can be imported wherever the rest of
// the package can, in Node, in a page and in a page's workers, and need no file or address at run time.
import { writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

/** Kernels, each by its source: what is written. */
const KERNELS = {
  'kernel/index.ts': 'src/shallow/students/kernelBytes.ts',
  'kernel/networks/index.ts': 'src/deep/networks/cpu/kernelBytes.ts',
};

async function compile(source) {
  let binary;
  const { error, stderr } = await asc.main(
    [
      source,
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
        if (name === 'kernel.wasm') binary = contents;
      },
    },
  );
  if (error) {
    process.stderr.write(stderr.toString());
    throw error;
  }
  return binary;
}

for (const [source, target] of Object.entries(KERNELS)) {
  const binary = await compile(source);
  const text = Buffer.from(binary).toString('base64');
  writeFileSync(
    target,
    `/** ${source}, compiled by scripts/build-kernel.mjs: WebAssembly, in base64. Not to be edited. */\nexport const kernelBytes =\n  '${text}';\n`,
  );
  console.log(`${source}: ${binary.length} bytes of WebAssembly`);
}
