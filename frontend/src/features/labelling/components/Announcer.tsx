import { useEffect, useState } from 'react';
import type { Editor } from '@/canvas';

/** Between two sentences, so that an arrow that is held does not make a flood of them, ms. */
const PAUSE = 400;

/** Tells readers of the screen what happens on the canvas. */
export function Announcer({ editor }: { editor: Editor }) {
  const [said, setSaid] = useState({ text: '', number: 0 });
  useEffect(() => {
    let before = editor.state;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const tell = async () => {
      const { announcement } = await import('../work/announcing');
      timer = null;
      if (editor.state.busy) return;
      const text = announcement(before, editor.state);
      before = editor.state;
      if (text) setSaid(({ number }) => ({ text, number: number + 1 }));
    };
    const unsubscribe = editor.subscribe(({ busy, revision, selection, label }) => {
      const other = selection !== before.selection || label !== before.label;
      const news = revision !== before.revision || other;
      if (news && !busy) timer ??= setTimeout(() => void tell().catch(() => undefined), PAUSE);
    });
    return () => {
      unsubscribe();
      if (timer) clearTimeout(timer);
    };
  }, [editor]);
  return (
    <p className="unseen" aria-live="polite">
      {/* The same sentence again is news, too. */}
      <span key={said.number}>{said.text}</span>
    </p>
  );
}
