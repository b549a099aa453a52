import { lazy } from 'react';
import type { Editor, EditorState } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import { LazyPart } from '@/components/LazyPart';

const AttributePanel = lazy(() => import('./AttributePanel'));

/** Where a label asks something of its shapes: the place of its fields. */
export function SelectedAttributes({ editor }: { editor: Editor }) {
  const asks = useEditorValue(editor, asksAnything);
  if (!asks) return null;
  return (
    <LazyPart>
      <AttributePanel editor={editor} />
    </LazyPart>
  );
}

function asksAnything({ asked }: EditorState): boolean {
  return [...asked.values()].some((attributes) => attributes.length > 0);
}
