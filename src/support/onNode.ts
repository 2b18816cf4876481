/** Whether this runs on Node, rather than in a page or its workers. */
export const onNode = (): boolean => typeof process !== 'undefined' && process.versions?.node !== undefined;
