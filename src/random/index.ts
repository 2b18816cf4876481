export { CHI_SQUARE_BLOCKS, chiSquare } from './chiSquare.ts';
export { normals, normalsOfBlock } from './normal.ts';
export { philox4x32 } from './philox.ts';
export { seedAt } from './seed.ts';
export { randomBlock, STREAMS } from './streams.ts';
export { uniform } from './uniform.ts';
