export { type NpyArray, readNpy, shapeText, writeNpy } from './npy.ts';
export { readNpz, writeNpz } from './npz.ts';
export type { Numbers } from './numberKinds.ts';
export { type Inflate, type Member, readZip, writeZip } from './zip.ts';
