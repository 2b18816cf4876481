export { CHI_SQUARE_BLOCKS, chiSquare } from './chiSquare.ts';
export { normals, normalsOfBlock } from './normal.ts';
export { runSeeds, seedAt } from './seed.ts';
export { shuffled } from './shuffled.ts';
export { randomBlock, STREAMS } from './streams.ts';
export { threefry4x32 } from './threefry.ts';
export { uniform } from './uniform.ts';
