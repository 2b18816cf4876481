import { conditionOf, type DeepCurve } from '../../deep/linear/index.ts';
import { curveHead } from './csvHead.ts';

/**
 * A deep curve as CSV: `#` lines with the manifest, as for two layers, then the time, both losses, the weight alignment
 * of layers 2 … L and of all, the gradient alignment of layers 1 … L − 1 and of all, and the condition numbers of the
 * alignment matrices where there are any.
 */
export function deepCurveToCsv(curve: DeepCurve): string {
  const { alignmentMatrices, weightAlignment, gradientAlignment } = curve;
  const upper = Array.from({ length: weightAlignment.layers[0].length - 1 }, (_, i) => i + 2);
  const lines = [
    ...curveHead(curve),
    [
      'time',
      'train_loss',
      'test_loss',
      ...upper.map((l) => `weight_alignment_${l}`),
      'weight_alignment',
      ...upper.map((l) => `gradient_alignment_${l - 1}`),
      'gradient_alignment',
      ...(alignmentMatrices ? upper.map((l) => `condition_${l}`) : []),
    ].join(','),
  ];
  curve.time.forEach((time, i) => {
    const row = [
      time,
      curve.trainLoss[i],
      curve.testLoss[i],
      ...weightAlignment.layers[i].slice(1),
      weightAlignment.total[i],
      ...gradientAlignment.layers[i].slice(0, -1),
      gradientAlignment.total[i],
      ...(alignmentMatrices?.[i].map(conditionOf) ?? []),
    ];
    lines.push(row.join(','));
  });
  return `${lines.join('\n')}\n`;
}
