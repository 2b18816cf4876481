import { ruleName, ruleOf } from '../../shallow/problem/index.ts';
import { element } from '../dom/element.ts';
import type { Scene } from '../scene.ts';
import { timeChart } from './chartView.ts';
import { marksOf, overTime } from './overTime.ts';
import type { View } from './view.ts';

const HEIGHT = 320;

/** Why the two have their values under a rule that sends back v, where they say nothing. */
function note({ theory }: Scene): string {
  if (!theory) return '';
  const { rule, feedback } = theory.problem;
  if (ruleOf(rule).sends !== 'v') return '';
  const name = ruleName(rule).toUpperCase();
  return feedback
    ? `${name} does not use F: this is how DFA with this F would move the student.`
    : `${name} sends the error back through v itself, so both are 1.`;
}

/** How far v, and the updates, go with what is sent back. */
export const alignmentView: View = {
  id: 'alignment',
  title: 'Alignment',
  help: 'Weight alignment: cos(v, F), of the second layer and the feedback. Update alignment: the cosine between the first layer’s updates and those of BP for the same examples. The align phase lasts until the weight alignment is largest; on the plateau ε falls more slowly than α^(−1/2).',
  book: 'theory.html#alignment',
  mount: (place, tools) => {
    const draw = timeChart(
      place,
      {
        ...alignmentView,
        chart: ({ state, theory }) => {
          const { curve } = theory;
          const { x, lines, bands } = overTime(state, theory);
          const phases = marksOf(theory);
          return {
            x,
            y: { label: 'cosine', range: [-1, 1] },
            series: [
              { name: 'weights', x: curve.alpha, y: curve.weightAlignment, colour: 1 },
              {
                name: 'updates',
                x: curve.alpha,
                // A student without error beyond rounding has no updates.
                y: curve.updateAlignment.map((x, i) => (curve.eg[i] < curve.stats.egFloor ? Number.NaN : x)),
                colour: 2,
                mark: 'dashed',
              },
            ],
            lines: [...phases.lines, ...lines],
            bands: [...phases.bands, ...bands],
            height: HEIGHT,
          };
        },
      },
      tools,
    );
    const words = element('p', { class: 'status' });
    place.append(words);
    return (scene, changed) => {
      draw(scene, changed);
      words.textContent = note(scene);
    };
  },
};
