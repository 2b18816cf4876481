import { pagePaths, readPage } from '../support/bookBlocks.ts';
import { describeOutcomes, pagesToRun } from '../support/bookOutcomes.ts';

describeOutcomes(pagesToRun('seldom', pagePaths().map(readPage)));
