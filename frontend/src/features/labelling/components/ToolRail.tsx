import { useTranslation } from 'react-i18next';
import { drawingTools, isAdjusted } from '@/canvas';
import type { Editor } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import { PanelButton } from '@/components/bench/PanelButton';
import { ToolButtons } from '@/components/bench/ToolButtons';
import { Icon } from '@/components/Icon';
import { useBindings, withKey } from '@/lib/bindings';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';

export interface Toggle {
  readonly open: boolean;
  readonly toggle: () => void;
}

/** Tools and zoom, each with its key. */
export function ToolRail({ editor, look }: { editor: Editor; look: Toggle }) {
  const { t } = useTranslation('labelling');
  const keys = useBindings();
  const tool = useEditorValue(editor, (state) => state.tool);
  const drawing = useEditorValue(editor, (state) => state.drawing);
  const adjusted = useEditorValue(editor, (state) => isAdjusted(state.look));
  const scale = useEditorValue(editor, (state) => state.viewport.zoom);
  return (
    <nav className={frame.rail} aria-label={t('tools')}>
      <ToolButtons
        tools={['select', ...drawingTools(drawing)]}
        chosen={tool}
        onChoose={(each) => {
          editor.setTool(each);
        }}
      />
      <span className={frame.gap} />
      <PanelButton
        pressed={look.open}
        title={withKey(t(adjusted ? 'look.adjusted' : 'look.title'), keys.look)}
        onClick={look.toggle}
      >
        <Icon name={adjusted ? 'adjusted' : 'adjust'} />
      </PanelButton>
      <PanelButton
        title={withKey(t('zoomIn'), keys.zoom_in)}
        onClick={() => {
          editor.view.zoomBy(1.25);
        }}
      >
        +
      </PanelButton>
      <button
        type="button"
        className={controls.scale}
        title={withKey(t('fit'), keys.fit)}
        onMouseDown={(event) => {
          event.preventDefault();
        }}
        onClick={() => {
          editor.view.fit();
        }}
      >
        {Math.round(scale * 100)}%
      </button>
      <PanelButton
        title={withKey(t('zoomOut'), keys.zoom_out)}
        onClick={() => {
          editor.view.zoomBy(0.8);
        }}
      >
        −
      </PanelButton>
    </nav>
  );
}
