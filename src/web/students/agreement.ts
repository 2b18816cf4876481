import type { Agreement, DeviationTest } from '../../index.ts';
import { element } from '../dom/element.ts';
import { BOOK } from '../dom/help.ts';
import type { Scene } from '../scene.ts';
import { type ChartOf, timeChart } from '../views/chartView.ts';
import { overTime, phasesIn } from '../views/overTime.ts';
import type { Draw, Tools } from '../views/view.ts';
import type { StudentsSeen } from './seen.ts';

/** How each verdict is told: by a sign, words and a colour. */
const VERDICTS = new Map<boolean | null, { words: string; kind: string }>([
  [true, { words: '✓ Theory and students agree', kind: 'agree' }],
  [false, { words: '✗ Theory and students do not agree', kind: 'differ' }],
  [null, { words: '… Undecided', kind: 'open' }],
]);

/** A right theory comes to this at the end of a plateau. */
const PART = { words: '… They agree until the plateau has begun, and part after it', kind: 'open' };

const timeOf = ({ alpha }: DeviationTest): number => Number(alpha.toPrecision(3));
const sizeOf = ({ z }: DeviationTest): number => Math.abs(z);

/** The test with the largest |z| at each time, in the order of the times. */
export function largestAtTimes({ tests }: Pick<Agreement, 'tests'>): DeviationTest[] {
  const largest = new Map<number, DeviationTest>();
  for (const test of tests) {
    const before = largest.get(test.alpha);
    if (!before || sizeOf(test) > sizeOf(before)) largest.set(test.alpha, test);
  }
  return [...largest.values()];
}

/** The first time at which a |z| alone would decide. */
const firstBeyond = (agreement: Agreement): DeviationTest | undefined =>
  largestAtTimes(agreement).find((test) => sizeOf(test) > agreement.verdict.bound);

/** Whether theory and students part only after the plateau has begun, where no mean of students is a curve of theory. */
const partsOnPlateau = (agreement: Agreement, plateau = Number.POSITIVE_INFINITY): boolean =>
  (firstBeyond(agreement)?.alpha ?? 0) > plateau;

/** The largest of all |z|, where it is, and what that means; `plateau`: when that of theory begins. */
export function largestInWords(agreement: Agreement, plateau?: number): string {
  const { bound, p, tests } = agreement.verdict;
  const largest = largestAtTimes(agreement);
  const worst = largest.reduce<DeviationTest | undefined>(
    (most, test) => (most && sizeOf(most) >= sizeOf(test) ? most : test),
    undefined,
  );
  if (!worst || p === null) return '';
  const first = firstBeyond(agreement);
  const from = first ? ` The first beyond it is at α = ${timeOf(first)}.` : '';
  const late = partsOnPlateau(agreement, plateau)
    ? ' That is after the plateau has begun, which each student leaves at a time of her own: from there on a mean of them is no curve of theory.'
    : '';
  return `Largest |z| = ${sizeOf(worst).toPrecision(3)}, of ${worst.observable} at α = ${timeOf(worst)}; the bound for ${tests.toLocaleString('en')} tests is ${bound.toPrecision(3)}.${from}${late} Corrected for all tests p = ${p.toPrecision(2)}.`;
}

/** When the plateau of the theory begins, where there is one and these are students of it. */
function plateauOf({ theory, students }: Scene): number | undefined {
  const phases = theory && !students?.other ? phasesIn(theory) : undefined;
  return phases && theory?.curve.alpha[phases.plateau];
}

/** The largest |z| at each time, and the bound beyond which it would decide. */
const chart: ChartOf = ({ state, theory, students }) => {
  const { agreement } = students ?? {};
  if (!agreement || agreement.tests.length === 0) return undefined;
  const { bound, level } = agreement.verdict;
  const worst = largestAtTimes(agreement);
  const sizes = worst.map(sizeOf);
  return {
    x: overTime(state, theory).x,
    y: { label: 'largest |z|', range: [0, 1.1 * Math.max(bound, ...sizes.filter(Number.isFinite))] },
    series: [
      {
        name: 'largest |z|',
        x: worst.map(({ alpha }) => alpha),
        y: sizes,
        mark: 'line and points',
        colour: 2,
      },
    ],
    lines: [{ y: bound, label: `bound at level ${level}` }],
    height: 220,
  };
};

/** How theory and students agree so far. */
export function agreementTold(place: HTMLElement, tools: Tools): Draw {
  const verdict = element('p', { class: 'verdict', id: 'students-verdict' });
  const largest = element('p', { id: 'students-largest' });
  const sentence = element('p', { class: 'quiet', id: 'students-sentence' });
  const picture = element('div', { class: 'chart' });
  const honest = element(
    'p',
    { class: 'quiet' },
    'The mean of students of a finite N is off by about b/N, which is no fault of theory and is not taken off here: with students enough to see it, a right theory is found wrong. ',
    element('code', {}, 'alignode compare'),
    ' measures it and takes it off (',
    element('a', { href: `${BOOK}comparison.html#the-1n-of-a-finite-n` }, 'the 1/N of a finite N'),
    '), and leaves out times at which no mean of students is a curve of theory (',
    element('a', { href: `${BOOK}comparison.html#the-verdict` }, 'the verdict'),
    '). The level is that of one look, not of many while students come.',
  );
  place.append(verdict, largest, picture, sentence, honest);
  const draw = timeChart(picture, { id: 'agreement', title: 'Largest |z| at each time', chart }, tools);
  let shown: StudentsSeen | undefined;
  return (scene, changed) => {
    const { students } = scene;
    const { agreement, noAgreement } = students ?? {};
    place.hidden = !agreement && noAgreement === undefined;
    if (place.hidden) return;
    const tested = agreement !== undefined && agreement.tests.length > 0;
    picture.hidden = !tested;
    if (students !== shown) {
      shown = students;
      const { agrees } = agreement?.verdict ?? { agrees: null };
      const { words, kind } =
        agrees === false && partsOnPlateau(agreement!, plateauOf(scene)) ? PART : VERDICTS.get(agrees)!;
      verdict.textContent = agreement ? words : 'Not held against theory';
      verdict.className = `verdict ${kind}`;
      largest.textContent = tested ? largestInWords(agreement, plateauOf(scene)) : '';
      sentence.textContent = agreement?.verdict.message ?? noAgreement!;
    }
    if (tested) draw(scene, changed);
  };
}
