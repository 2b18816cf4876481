// For the classic Notebook (up to version 6), which does not know plots: an extension of its own kind (AMD), which draws them with
// the Plotly that lies beside it.
define(['base/js/namespace', 'base/js/events', 'notebook/js/outputarea', './plotly.min'], (
  Jupyter,
  events,
  { OutputArea },
) => {
  const TYPE = 'application/vnd.plotly.v1+json';

  function draw(plot, metadata, element) {
    const area = this.create_output_subarea(metadata, 'output_plotly', TYPE);
    element.append(area);
    // A plot that follows the width of its place would else take the height from there too.
    area.css('height', plot.layout.height);
    window.Plotly.newPlot(area[0], plot.data, plot.layout, { responsive: true, displaylogo: false });
    return area;
  }

  /** Outputs that were there before this extension. */
  function drawAgain() {
    const { dirty } = Jupyter.notebook;
    for (const { output_area: area } of Jupyter.notebook.get_cells()) {
      if (!area?.outputs.some(({ data }) => data?.[TYPE])) continue;
      const outputs = area.toJSON();
      area.clear_output();
      area.fromJSON(outputs, {});
    }
    // The same outputs are no change to save.
    Jupyter.notebook.set_dirty(dirty);
  }

  return {
    load_ipython_extension: () => {
      OutputArea.prototype.register_mime_type(TYPE, draw, { safe: true, index: 0 });
      events.on('notebook_loaded.Notebook', drawAgain);
      if (Jupyter.notebook._fully_loaded) drawAgain();
    },
  };
});
