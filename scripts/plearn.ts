// P(learn): how often random feedback lets a relu student learn, by the formula and by students.
//     npx tsx scripts/plearn.ts
import { learnProbability, plearn } from 'alignode';

// The formula alone, for teachers with output weights of either sign.
console.log('K = 3, A = (1, 1): ', learnProbability({ K: 3, positive: 2 }));
console.log('K = 3, A = (1, −1):', learnProbability({ K: 3, positive: 1, negative: 1 }));

// Students, each with a start, feedback and inputs of its own, trained until it has learned or is stuck.
const { points } = await plearn({
  K: [2, 3, 4],
  M: 2,
  N: 500,
  runs: 40,
  student: 'projected',
  learningRate: 0.3,
});
for (const { K, exact, learned, undecided, runs, interval } of points)
  console.log(
    `K = ${K}: ${exact} by the formula, ${learned} of ${runs} learned, ${undecided} undecided, 99 % interval`,
    interval,
  );
