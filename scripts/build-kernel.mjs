// Compiles kernel/ to WebAssembly with SIMD, and writes it as modules of text: they can be imported wherever the rest of
// the package can, in Node, in a page and in a page's workers, and need no file or address at run time.
import { writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

/** Kernels: the source, what is written, and what of WebAssembly is used beyond SIMD. */
const KERNELS = [
  { source: 'kernel/index.ts', target: 'src/shallow/students/kernelBytes.ts' },
  { source: 'kernel/networks/index.ts', target: 'src/deep/networks/cpu/kernelBytes.ts' },
  {
    source: 'kernel/networks/index.ts',
    target: 'src/deep/networks/cpu/relaxedBytes.ts',
    features: ['--enable=relaxed-simd'],
  },
];

async function compile(source, features) {
  let binary;
  const { error, stderr } = await asc.main(
    [
      source,
      '--outFile=kernel.wasm',
      '--runtime=stub',
      '--enable=simd',
      ...features,
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

for (const { source, target, features = [] } of KERNELS) {
  const binary = await compile(source, features);
  const text = Buffer.from(binary).toString('base64');
  writeFileSync(
    target,
    `/** ${source}, compiled by scripts/build-kernel.mjs: WebAssembly, in base64. Not to be edited. */\nexport const kernelBytes =\n  '${text}';\n`,
  );
  console.log(`${target}: ${binary.length} bytes of WebAssembly`);
}
