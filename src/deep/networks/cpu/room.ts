import { fieldsOf, type LayerShape } from '../../problem/index.ts';
import { LOOK, type NetworkPlan } from '../backend.ts';
import { type Compiled, type NetworkKernel, startKernel } from './kernel.ts';
import { panelsOf, sizeInPanels, strideOf } from './panels.ts';

/** A parameter that learns: its numbers, the sum of its gradient over a batch, the optimiser's own numbers. */
export interface Learned {
  count: number;
  at: number;
  /** 0 if there is no room, as plain steps are taken from the product itself. */
  gradient: number;
  /** 0 if the optimiser has none. */
  moment: number;
}

/** Where a layer's numbers are. A row is an example, or a position of one where the layer is a convolution. */
export interface LayerRoom {
  shape: LayerShape;
  panels: number;
  /** Rows for each example. */
  positions: number;
  W: Learned;
  b?: Learned;
  /** z, or x̂ of batch normalisation; a = z without it. */
  z: number;
  a: number;
  g: number;
  dg: number;
  /** The signal at z. */
  delta: number;
  /** Of these five. */
  stride: number;
  /** What the next layer sees, one row an example, and the signal that arrives there; of a dense layer, g and delta. */
  h: number;
  arrived: number;
  strideH: number;
  /** Where pooled numbers came from. */
  places: number;
  /** Factors of dropout, compact and by rows of h; 0 if nothing is dropped. */
  drawn: number;
  kept: number;
  norm?: {
    gamma: Learned;
    beta: Learned;
    mean: number;
    variance: number;
    ofMean: number;
    ofVariance: number;
  };
}

export interface Room {
  kernel: NetworkKernel;
  layers: LayerRoom[];
  /** Examples that there is room for. */
  capacity: number;
  /** Inputs: as they come if they must be reordered, as the network sees them; their signal; dropout. */
  image: number;
  x: number;
  arrived: number;
  strideX: number;
  drawn: number;
  kept: number;
  y: number;
  e: number;
  strideY: number;
  /** Packed signals. */
  packed: number;
  /** What the positions of one image see, and what they send back. */
  columns: number;
  strideColumns: number;
}

/** Room for a network and a batch of examples, all zero. */
export function roomFor(plan: NetworkPlan, compiled: Compiled): Room {
  const kernel = startKernel(compiled);
  const reserve = (numbers: number): number => kernel.reserve(4 * numbers);
  const capacity = Math.max(plan.batch, LOOK);
  const rowsOf = (stride: number, rows = capacity): number => kernel.reserve(stride * rows);
  const { shapes, optimizer, decay, batchNorm, dropout } = plan;
  const plain = optimizer === 'sgd' && decay === 0;
  const learned = (count: number, needsGradient: boolean): Learned => ({
    count,
    at: reserve(count),
    gradient: needsGradient ? reserve(count) : 0,
    moment: optimizer === 'sgd' ? 0 : reserve(count),
  });
  const layers = shapes.map((shape, i): LayerRoom => {
    const { rows, fanIn, units, window } = shape;
    const last = i === shapes.length - 1;
    const positions = fieldsOf(shape) / rows;
    const padded = 8 * panelsOf(rows);
    const stride = strideOf(rows);
    const strideH = window ? strideOf(units) : stride;
    const fields = (): number => rowsOf(stride, capacity * positions);
    const z = fields();
    const g = fields();
    const delta = fields();
    const drops = !last && dropout.hidden > 0;
    const kept = drops ? rowsOf(strideH) : 0;
    // Dense layers of one network that drops units keep what is before dropout: h is g in place.
    return {
      shape,
      panels: panelsOf(rows),
      positions,
      W: learned(sizeInPanels(rows, fanIn), needsGradient(plan, i, plain)),
      ...(plan.start[`b_${i + 1}`] && { b: learned(padded, true) }),
      z,
      a: batchNorm && !last ? fields() : z,
      g,
      dg: fields(),
      delta,
      stride,
      h: window ? rowsOf(strideH) : g,
      arrived: window ? rowsOf(strideH) : delta,
      strideH,
      places: window ? reserve(capacity * units) : 0,
      drawn: drops ? reserve(capacity * units + 32) : 0,
      kept,
      ...(batchNorm &&
        !last && {
          norm: {
            gamma: learned(padded, true),
            beta: learned(padded, true),
            mean: reserve(padded),
            variance: reserve(padded),
            ofMean: reserve(padded),
            ofVariance: reserve(padded),
          },
        }),
    };
  });
  const strideX = strideOf(plan.inputs);
  const strideY = layers[layers.length - 1].stride;
  const windows = shapes.filter(({ window }) => window !== undefined);
  const rowsAtOnce = Math.max(capacity, ...shapes.map((shape) => fieldsOf(shape) / shape.rows));
  const widest = Math.max(...shapes.map(({ rows }) => 8 * panelsOf(rows)));
  const longest = Math.max(0, ...windows.map(({ fanIn }) => fanIn));
  const strideColumns = strideOf(longest);
  const mostPositions = Math.max(0, ...windows.map(({ window }) => (window?.side ?? 0) ** 2));
  kernel.setColumns(kernel.reserve(20 * Math.max(rowsAtOnce, widest) + 64));
  return {
    kernel,
    layers,
    capacity,
    image: shapes[0].window ? reserve(plan.inputs) : 0,
    x: rowsOf(strideX),
    arrived: plan.epsilon > 0 ? rowsOf(strideX) : 0,
    strideX,
    drawn: dropout.inputs > 0 ? reserve(capacity * plan.inputs + 32) : 0,
    kept: dropout.inputs > 0 ? rowsOf(strideX) : 0,
    y: rowsOf(strideY),
    e: layers[layers.length - 1].delta,
    strideY,
    packed: reserve((rowsAtOnce + 8) * widest),
    columns: windows.length > 0 ? kernel.reserve(strideColumns * mostPositions) : 0,
    strideColumns,
  };
}

/** Whether the gradient of W_l must be kept before a step is taken by it. */
function needsGradient({ shapes, feedback, spec }: NetworkPlan, i: number, plain: boolean): boolean {
  return (
    !plain ||
    shapes[i].window !== undefined ||
    'kolen-pollack' in feedback ||
    (spec !== undefined && 'cosine' in spec)
  );
}
