import { lazy } from 'react';
import type { Editor, EditorState, RectShape } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import { LazyPart } from '@/components/LazyPart';
import classes from './ShapeList.module.css';

const RectFields = lazy(() => import('./RectFields'));

/** Room for the numbers of the one selected box; kept free without one, so that nothing moves. */
export function SelectedBox({ editor }: { editor: Editor }) {
  const box = useEditorValue(editor, selectedBox);
  return (
    <div className={classes.numbers}>
      {box && (
        <LazyPart>
          <RectFields editor={editor} box={box} />
        </LazyPart>
      )}
    </div>
  );
}

function selectedBox({ shapes, selection: [id, ...others] }: EditorState): RectShape | null {
  const shape = others.length === 0 ? shapes.find((each) => each.id === id) : undefined;
  return shape?.type === 'rect' ? shape : null;
}
