export { compareHtml } from './compareHtml.ts';
export { galleryHtml } from './galleryHtml.ts';
export { factsTable, literal, type Page, pageHtml, sentence } from './html.ts';
export { plearnHtml } from './plearnHtml.ts';
export { PLOT_STYLE, plotHtml, plotsScript } from './plots.ts';
