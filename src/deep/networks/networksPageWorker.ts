import { pageLine } from '../../crew/pageLine.ts';
import { serve } from '../../crew/worker.ts';
import { job } from './job.ts';

serve(pageLine, job);
