import { useTranslation } from 'react-i18next';
import type { Editor, ToolName } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import { PanelButton } from '@/components/bench/PanelButton';
import { Icon, type IconName } from '@/components/Icon';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';

const TOOLS: readonly { tool: ToolName; icon: IconName; key: string }[] = [
  { tool: 'select', icon: 'pointer', key: 'V' },
  { tool: 'box', icon: 'box', key: 'B' },
];

/** Tools and zoom, each with its key. */
export function ToolRail({ editor }: { editor: Editor }) {
  const { t } = useTranslation('labelling');
  const tool = useEditorValue(editor, (state) => state.tool);
  const scale = useEditorValue(editor, (state) => state.viewport.zoom);
  return (
    <nav className={frame.rail} aria-label={t('tools')}>
      {TOOLS.map(({ tool: each, icon, key }) => (
        <PanelButton
          key={each}
          pressed={tool === each}
          title={`${t(`tool.${each as 'box' | 'select'}`)} (${key})`}
          onClick={() => {
            editor.setTool(each);
          }}
        >
          <Icon name={icon} />
        </PanelButton>
      ))}
      <span className={frame.gap} />
      <PanelButton
        title={`${t('zoomIn')} (+)`}
        onClick={() => {
          editor.view.zoomBy(1.25);
        }}
      >
        +
      </PanelButton>
      <button
        type="button"
        className={controls.scale}
        title={`${t('fit')} (F)`}
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
        title={`${t('zoomOut')} (-)`}
        onClick={() => {
          editor.view.zoomBy(0.8);
        }}
      >
        −
      </PanelButton>
    </nav>
  );
}
