import type { Panel } from './panel.ts';
import { type Paper, panelLayout } from './panelLayout.ts';
import { legendNames, panelTraces } from './panelTraces.ts';

/** A panel as plotly takes it. */
export interface PanelPlot {
  data: Record<string, unknown>[];
  layout: Record<string, unknown>;
}

/** Theory as lines, students as points, which differ by more than their colours; the same panel makes the same plot. */
export const panelPlot = (panel: Panel, paper: Paper): PanelPlot => ({
  data: panelTraces(panel),
  layout: panelLayout(panel, paper, legendNames(panel)),
});
