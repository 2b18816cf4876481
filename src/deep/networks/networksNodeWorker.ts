import { nodeLine } from '../../crew/nodeLine.ts';
import { serve } from '../../crew/worker.ts';
import { job } from './job.ts';

serve(nodeLine, job);
