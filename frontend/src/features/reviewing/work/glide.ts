import type { Editor } from '@/canvas';

/** A view is reached within this time, ms. */
const TIME = 140;

/** The last glide of each editor: an older one that is still under way ends. */
const newest = new WeakMap<Editor, symbol>();

/** Where each editor looked before the whole image was shown. */
const before = new WeakMap<Editor, Editor['state']['viewport']>();

/**
 * Lets the view slide to where `move` puts it; at once for those who want no motion. A canvas that
 * is measured meanwhile is moved again, since what `move` reached was meant for another size.
 */
export function glide(editor: Editor, move: () => void): void {
  const mine = Symbol('glide');
  newest.set(editor, mine);
  const from = editor.state.viewport;
  move();
  const to = editor.state.viewport;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches || from === to;
  let seen = still ? to : from;
  if (!still) editor.view.look(from);
  const start = performance.now();
  const step = (now: number) => {
    if (newest.get(editor) !== mine) return;
    const { viewport } = editor.state;
    if (viewport !== seen) {
      const { width, height } = viewport.view;
      if (width !== seen.view.width || height !== seen.view.height) move();
      return;
    }
    const share = Math.min(Math.max((now - start) / TIME, 0), 1);
    if (!still) {
      seen = share === 1 ? to : from.towards(to, 1 - (1 - share) ** 3);
      editor.view.look(seen);
    }
    if (share < 1) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

/** The whole image, or from there back to where the reviewer looked. */
export function wholeImageOrBack(editor: Editor): void {
  const { viewport } = editor.state;
  const last = before.get(editor);
  if (viewport.fits && last) glide(editor, () => editor.view.lookAgain(last));
  else {
    before.set(editor, viewport);
    glide(editor, () => editor.view.fit());
  }
}
