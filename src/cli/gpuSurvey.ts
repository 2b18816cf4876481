import { surveyGpus } from '../shallow/students/gpu/index.ts';

/* A process of its own for `doctor`: what drivers write to standard error goes where that of this process goes. */

process.stdout.write(JSON.stringify(await surveyGpus()));
