import { useSyncExternalStore } from 'react';
import type { Editor, EditorState } from '../canvas';

/**
 * A part of the editor's state, rendered anew when it changes. `select` returns something the state
 * holds or a primitive; an object made on the spot would look new every time.
 */
export function useEditorValue<Value>(
  editor: Editor,
  select: (state: EditorState) => Value,
): Value {
  return useSyncExternalStore(editor.subscribe, () => select(editor.state));
}
