// Plots to explore, drawn in place of their pictures when the reader asks.
{
  const root = document.documentElement.dataset.root;
  const load = (src) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = src;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  for (const button of document.querySelectorAll('button.plot')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const { plot, file, label } = button.dataset;
      const picture = button.previousElementSibling;
      button.disabled = true;
      try {
        if (!window.Plotly) await load(`${root}assets/plotly.min.js`);
        if (!window.bookPlots?.[plot]) await load(file);
        const { data, layout, config } = window.bookPlots[plot];
        const place = document.createElement('div');
        place.className = 'drawn';
        place.setAttribute('role', 'img');
        place.setAttribute('aria-label', label);
        picture.replaceWith(place);
        await Plotly.newPlot(
          place,
          data,
          { ...layout, autosize: true, width: undefined },
          { ...config, responsive: true, displaylogo: false },
        );
        button.remove();
      } catch {
        button.textContent = 'The plot could not be loaded';
      }
    });
  }
}
