import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import type { Dataset, Label } from '@/lib/datasets';
import classes from './Editor.module.css';

type Kind = Label['shapes'][number];

const ICONS = { rect: 'box', polygon: 'polygon', freehand: 'pencil' } as const;

/** Which of the shapes that a dataset draws may have a label; the last of them stays. */
export function LabelKinds(props: {
  label: Pick<Label, 'name' | 'shapes'>;
  drawn: Dataset['drawing']['shapes'];
  onChange: (shapes: Kind[]) => void;
}) {
  const { t } = useTranslation('datasets');
  const { label, drawn, onChange } = props;
  const left = drawn.filter((kind) => label.shapes.includes(kind));
  return (
    <div
      className={classes.kinds}
      role="group"
      aria-label={t('labels.kinds', { name: label.name })}
    >
      {drawn.map((kind) => {
        const on = label.shapes.includes(kind);
        const last = on && left.length === 1;
        return (
          <button
            key={kind}
            type="button"
            className={classes.kind}
            aria-label={t(`drawing.kinds.${kind}`)}
            aria-pressed={on}
            aria-disabled={last}
            title={last ? t('labels.lastKind') : t(`drawing.kinds.${kind}`)}
            onClick={() => {
              if (last) return;
              const others = label.shapes.filter((each) => each !== kind);
              onChange(on ? others : [...others, kind]);
            }}
          >
            <Icon name={ICONS[kind]} size={16} />
          </button>
        );
      })}
    </div>
  );
}
