import { version } from '../../support/version.ts';
import type { GalleryEntry } from './gallery.ts';

/** Everything about a figure as JSON. What is not a number becomes null. */
export function figureToJson({ figure, drawing, work, seconds, size }: GalleryEntry): string {
  const { name, title, source, script } = figure;
  const { caption, parameters, panels, claims } = drawing;
  return `${JSON.stringify({
    alignode: version,
    name,
    title,
    source,
    size,
    seconds,
    caption,
    parameters,
    panels,
    claims,
    work,
    script,
  })}\n`;
}
