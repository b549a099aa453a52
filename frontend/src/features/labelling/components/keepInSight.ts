/** Scrolls `box`, and nothing around it, until what it holds at `selector` is in sight. */
export function keepInSight(box: HTMLElement | null, selector: string): void {
  const found = box?.querySelector(selector)?.getBoundingClientRect();
  if (!box || !found) return;
  const { top, bottom } = box.getBoundingClientRect();
  box.scrollTop += Math.min(0, found.top - top) + Math.max(0, found.bottom - bottom);
}
