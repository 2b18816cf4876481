/*
 * What piscina loads in a worker thread, by `require`. A thread that is ended while `require` loads an ES module takes the
 * whole process with it (Node 20.20: "v8::Module::IsGraphAsync must be used on an instantiated module"). So this one is
 * CommonJS, and `import` loads the function that does the work: piscina waits for it.
 */
export = import('./worker.ts').then(({ default: work }) => work);
