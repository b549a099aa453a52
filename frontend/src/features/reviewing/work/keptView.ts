import { imagePoint } from '@/canvas';
import type { Editor } from '@/canvas';

const KEY = 'concord-review-view';

interface Kept {
  /** The task and the conflict that were on the screen. */
  readonly about: string;
  readonly zoom: number;
  /** What was in the middle, image px. */
  readonly x: number;
  readonly y: number;
}

/** Remembers where the reviewer looks, so that a reload brings that back. @returns what ends it */
export function keepView(editor: Editor, about: string): () => void {
  const keep = () => {
    const { viewport } = editor.state;
    const { x, y, width, height } = viewport.visible();
    const kept: Kept = { about, zoom: viewport.zoom, x: x + width / 2, y: y + height / 2 };
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  };
  window.addEventListener('pagehide', keep);
  return () => {
    window.removeEventListener('pagehide', keep);
  };
}

/** Looks where the reviewer looked before the page was loaded anew; false where that was elsewhere. */
export function lookAsKept(editor: Editor, about: string): boolean {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Kept | null;
  if (kept?.about !== about) return false;
  editor.view.zoomBy(kept.zoom / editor.state.viewport.zoom);
  editor.view.centreOn(imagePoint(kept.x, kept.y));
  return true;
}

/** It was looked at; from here on the steps say where to look. */
export function forgetView(): void {
  sessionStorage.removeItem(KEY);
}
