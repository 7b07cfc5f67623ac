// Runs before the first paint, so that what a reader chose never flashes.
try {
  const choices = { theme: ["light", "dark"], size: ["small", "large"], pictures: ["off"] };
  for (const [name, values] of Object.entries(choices)) {
    const chosen = localStorage.getItem(name);
    if (values.includes(chosen)) document.documentElement.dataset[name] = chosen;
  }
} catch {
  // Storage is closed: the site's own choices hold.
}
