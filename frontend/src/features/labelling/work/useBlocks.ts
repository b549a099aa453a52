import { useState } from 'react';
import type { Editor } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import type { Dataset } from '@/lib/datasets';
import type { OptionId } from '../api/tasks';
import { afterPick, nextMarked } from './blocks';
import type { Block, Said } from './blocks';

export interface Blocks {
  /** The one that digits are for; null while they are for the picture. */
  readonly marked: Block | null;
  /** The one that its key marks next. */
  readonly following: Block | null;
  readonly said: Said;
  readonly mark: (block: Block | null) => void;
  readonly next: () => void;
  readonly pick: (block: Block, option: OptionId) => void;
  /** Picks in the marked block by place; false where there is no such option. */
  readonly pickAt: (place: number) => boolean;
  readonly write: (block: Block, text: string) => void;
}

/** What is said beside the picture; undo takes it back as it does shapes. A new task marks none. */
export function useBlocks({ blocks, interface: kind }: Dataset, editor: Editor): Blocks {
  const [mark, setMark] = useState<{ editor: Editor; block: Block | null } | null>(null);
  const said = useEditorValue(editor, (state) => state.values);
  const marked = mark?.editor === editor ? mark.block : null;
  const hasDigits = kind === 'image_manual' || kind === 'choice';
  const following = nextMarked(blocks, marked, { round: !hasDigits });
  const pick = (block: Block, option: OptionId) => {
    editor.setValue(block.id, afterPick(block, editor.state.values, option));
  };
  return {
    marked,
    following,
    said,
    mark: (block) => setMark({ editor, block }),
    next: () => setMark({ editor, block: following }),
    pick,
    pickAt: (place) => {
      const option = marked?.options?.[place];
      if (marked && option) pick(marked, option.id);
      return option !== undefined;
    },
    write: (block, text) => {
      editor.setValue(block.id, text === '' ? undefined : text, `text ${block.id}`);
    },
  };
}
