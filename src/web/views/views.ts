import { errorView } from './error.ts';
import type { View } from './view.ts';

/** Every card of the page, in their order. */
export const views: readonly View[] = [errorView];
