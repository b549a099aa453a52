/** Gives the canvas of the page the keys, arrows among them. */
export function focusCanvas(): void {
  document.querySelector<HTMLElement>('[role="application"]')?.focus({ preventScroll: true });
}
