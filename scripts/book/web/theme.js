// Before anything is drawn: the theme that the reader chose, if any.
try {
  const chosen = localStorage.getItem('alignode-theme');
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {
  // A browser may keep nothing. Then the system's theme holds.
}

addEventListener('DOMContentLoaded', () => {
  const root = document.documentElement;
  const button = document.querySelector('.theme');
  const themes = ['system', 'light', 'dark'];
  const show = () => {
    button.textContent = `Theme: ${root.dataset.theme ?? 'system'}`;
  };
  button.addEventListener('click', () => {
    const next = themes[(themes.indexOf(root.dataset.theme ?? 'system') + 1) % themes.length];
    if (next === 'system') delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      if (next === 'system') localStorage.removeItem('alignode-theme');
      else localStorage.setItem('alignode-theme', next);
    } catch {
      // The choice holds for this page.
    }
    show();
  });
  show();
  button.hidden = false;
});
