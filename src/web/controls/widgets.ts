import type { Tools } from '../views/view.ts';
import { choiceWidget } from './choice.ts';
import type { Control, Widget } from './control.ts';
import { listWidget } from './list.ts';
import { matrixWidget } from './matrix.ts';
import { numberWidget } from './number.ts';
import { actionWidget, checkWidget, noteWidget } from './small.ts';

export function widgetOf(control: Control, tools: Tools): Widget {
  switch (control.kind) {
    case 'number':
      return numberWidget(control, tools);
    case 'choice':
      return choiceWidget(control, tools);
    case 'check':
      return checkWidget(control, tools);
    case 'list':
      return listWidget(control, tools);
    case 'matrix':
      return matrixWidget(control, tools);
    case 'action':
      return actionWidget(control, tools);
    case 'note':
      return noteWidget(control);
  }
}
