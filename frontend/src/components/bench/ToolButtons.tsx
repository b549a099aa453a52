import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import type { IconName } from '@/components/Icon';
import { useBindings, withKey } from '@/lib/bindings';
import { PanelButton } from './PanelButton';

const ICONS = {
  select: 'pointer',
  box: 'box',
  polygon: 'polygon',
  freehand: 'pencil',
} as const satisfies Record<string, IconName>;

type Tool = keyof typeof ICONS;

interface Props {
  tools: readonly Tool[];
  chosen: string;
  onChoose: (tool: Tool) => void;
}

/** The tools of the canvas, each with its key. */
export function ToolButtons({ tools, chosen, onChoose }: Props) {
  const { t } = useTranslation('labelling');
  const keys = useBindings();
  return tools.map((each) => (
    <PanelButton
      key={each}
      pressed={chosen === each}
      title={withKey(t(`tool.${each}`), keys[each])}
      onClick={() => {
        onChoose(each);
      }}
    >
      <Icon name={ICONS[each]} />
    </PanelButton>
  ));
}
