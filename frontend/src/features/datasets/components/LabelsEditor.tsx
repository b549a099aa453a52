import { ActionIcon, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { type LabelDraft, withLabels } from '../names';
import { AttributesDialog } from './AttributesDialog';
import classes from './Editor.module.css';
import { KeySelect } from './KeySelect';
import { NameField } from './NameField';

/** The labels of a dataset that is being made. */
export function LabelsEditor(props: {
  labels: readonly LabelDraft[];
  onChange: (labels: LabelDraft[]) => void;
}) {
  const { t } = useTranslation('datasets');
  const { labels, onChange } = props;
  const change = (at: number, part: Partial<LabelDraft>) =>
    onChange(labels.map((label, n) => (n === at ? { ...label, ...part } : label)));
  return (
    <div>
      <ul className={classes.rows}>
        {labels.map((label, at) => (
          <li key={at} className={classes.row}>
            <KeySelect
              name={label.name}
              value={label.key}
              taken={labels.map(({ key }) => key)}
              onChange={(key) => change(at, { key })}
            />
            <input
              type="color"
              className={classes.colour}
              aria-label={t('editor.colour', { name: label.name })}
              value={label.colour}
              onChange={(event) => change(at, { colour: event.currentTarget.value })}
            />
            <TextInput
              aria-label={t('editor.name', { name: label.name })}
              value={label.name}
              error={label.name.trim() === '' && t('editor.blank')}
              onChange={(event) => change(at, { name: event.currentTarget.value })}
            />
            <AttributesDialog
              name={label.name}
              attributes={label.attributes}
              onSave={(attributes) => {
                change(at, { attributes });
                return undefined;
              }}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('editor.remove', { name: label.name })}
              onClick={() => onChange(labels.filter((_, n) => n !== at))}
            >
              <Icon name="trash" />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <NameField
        label={t('labels.add')}
        placeholder={t('labels.placeholder')}
        existing={labels.map(({ name }) => name)}
        onAdd={(text) => onChange(withLabels(labels, text))}
      />
    </div>
  );
}
