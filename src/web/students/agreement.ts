import type { Agreement, DeviationTest, Verdict } from '../../index.ts';
import { log10 } from '../../numbers/index.ts';
import { howMany } from '../../support/howMany.ts';
import { element } from '../dom/element.ts';
import { BOOK } from '../dom/help.ts';
import type { Scene } from '../scene.ts';
import { type ChartOf, timeChart } from '../views/chartView.ts';
import { counted } from '../views/numbers.ts';
import { overTime, phasesIn } from '../views/overTime.ts';
import type { Draw, Tools } from '../views/view.ts';
import type { StudentsSeen } from './seen.ts';

/** How each verdict is shown: by a sign, words and a colour. */
const VERDICTS = new Map<boolean | null, { words: string; kind: string }>([
  [true, { words: '✓ Theory and students agree', kind: 'agree' }],
  [false, { words: '✗ Theory and students do not agree', kind: 'differ' }],
  [null, { words: '… Undecided', kind: 'open' }],
]);

/** A right theory gets this verdict, too, at the end of a plateau. */
const PART = { words: '… They agree until the plateau has begun, and part after it', kind: 'open' };

const timeOf = ({ alpha }: DeviationTest): number => Number(alpha.toPrecision(3));

/**
 * The test that speaks most against theory at each time, in the order of the times: the one of the smallest p, as |z|
 * means less where the spread of few students is poorly known.
 */
export function worstAtTimes({ tests }: Pick<Agreement, 'tests'>): DeviationTest[] {
  const worst = new Map<number, DeviationTest>();
  for (const test of tests) {
    const before = worst.get(test.alpha);
    if (!before || test.p < before.p) worst.set(test.alpha, test);
  }
  return [...worst.values()];
}

/** What a single test must be below, for all of them together to be below the level. */
const allowed = ({ level, tests }: Verdict): number => level / tests;

/** The first time at which a test alone decides. */
const firstBeyond = (agreement: Agreement): DeviationTest | undefined =>
  worstAtTimes(agreement).find(({ p }) => p < allowed(agreement.verdict));

/**
 * Whether theory and students part only after the plateau has begun, where no mean of students is a curve of theory.
 */
const partsOnPlateau = (agreement: Agreement, plateau = Number.POSITIVE_INFINITY): boolean =>
  (firstBeyond(agreement)?.alpha ?? 0) > plateau;

/** The worst of all tests, where it is, and what that means; `plateau`: when that of theory begins. */
export function worstInWords(agreement: Agreement, plateau?: number): string {
  const { worst, p, tests } = agreement.verdict;
  if (!worst || p === null) return '';
  const first = firstBeyond(agreement);
  const from = first ? ` The first that decides is at α = ${timeOf(first)}.` : '';
  const late = partsOnPlateau(agreement, plateau)
    ? ' That is after the plateau has begun, which students leave sooner or later than theory, and for several equivalent minima: from there on a mean of them is no curve of theory.'
    : '';
  return `The worst of ${howMany(tests, 'test', counted(tests))}: ${worst.observable} at α = ${timeOf(worst)}, z = ${worst.z.toPrecision(3)}; corrected for all tests p = ${p.toPrecision(2)}.${from}${late}`;
}

/** When the plateau of the theory begins, where there is one and these are students of it. */
function plateauOf({ theory, students }: Scene): number | undefined {
  const phases = theory && !students?.other ? phasesIn(theory) : undefined;
  return phases?.plateaus[0].from;
}

/** −log₁₀ of the smallest p at each time, and what decides. */
const chart: ChartOf = ({ state, theory, students }) => {
  const { agreement } = students ?? {};
  if (!agreement || agreement.tests.length === 0) return undefined;
  const worst = worstAtTimes(agreement);
  // Below the smallest number there is no logarithm.
  const heights = worst.map(({ p }) => -log10(Math.max(p, Number.MIN_VALUE)));
  const bound = -log10(allowed(agreement.verdict));
  return {
    x: overTime(state, theory).x,
    y: {
      label: '−log₁₀ p',
      range: [0, 1.1 * Math.max(bound, ...heights.filter(Number.isFinite))],
    },
    series: [
      {
        name: 'smallest p at each time',
        x: worst.map(({ alpha }) => alpha),
        y: heights,
        mark: 'line and points',
        colour: 2,
      },
    ],
    lines: [{ y: bound, label: `decides, at level ${agreement.verdict.level} for all` }],
    height: 220,
  };
};

/** How theory and students agree so far. */
export function agreementReport(place: HTMLElement, tools: Tools): Draw {
  const verdict = element('p', { class: 'verdict', id: 'students-verdict' });
  const worst = element('p', { id: 'students-worst' });
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
  place.append(verdict, worst, picture, sentence, honest);
  const draw = timeChart(
    picture,
    { id: 'agreement', title: 'Evidence against theory at each time', chart },
    tools,
  );
  let shown: StudentsSeen | undefined;
  return (scene, changed) => {
    const { students } = scene;
    const { agreement, noAgreement } = students ?? {};
    // A verdict about another problem would be read as one about this.
    place.hidden = students?.other === true || (!agreement && noAgreement === undefined);
    if (place.hidden) return;
    const tested = agreement !== undefined && agreement.tests.length > 0;
    picture.hidden = !tested;
    if (students !== shown) {
      shown = students;
      const { agrees } = agreement?.verdict ?? { agrees: null };
      const { words, kind } =
        agrees === false && partsOnPlateau(agreement!, plateauOf(scene)) ? PART : VERDICTS.get(agrees)!;
      verdict.textContent = agreement ? words : 'Not compared with theory';
      verdict.className = `verdict ${kind}`;
      worst.textContent = tested ? worstInWords(agreement, plateauOf(scene)) : '';
      sentence.textContent = agreement?.verdict.message ?? noAgreement!;
    }
    if (tested) draw(scene, changed);
  };
}
