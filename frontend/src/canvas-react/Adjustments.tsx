import { transferTable } from '../canvas';
import type { Editor } from '../canvas';
import { useEditorValue } from './useEditorValue';

/** The filter that takes the pixels of the image to what the person wants to see; the image stays. */
export function Adjustments({ editor, id }: { editor: Editor; id: string }) {
  const look = useEditorValue(editor, (state) => state.look);
  const transfer = { type: 'table', tableValues: transferTable(look).join(' ') } as const;
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden>
      <filter id={id} colorInterpolationFilters="sRGB">
        <feComponentTransfer>
          <feFuncR {...transfer} />
          <feFuncG {...transfer} />
          <feFuncB {...transfer} />
        </feComponentTransfer>
      </filter>
    </svg>
  );
}
