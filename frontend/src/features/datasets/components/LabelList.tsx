import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Dataset, Label } from '@/lib/datasets';
import { notifyError } from '@/lib/notify';
import { addLabel, changeLabel } from '../api/labels';
import { withLabels } from '../names';
import { AttributesDialog } from './AttributesDialog';
import classes from './Editor.module.css';
import { KeySelect } from './KeySelect';
import { LabelKinds } from './LabelKinds';
import { NameField } from './NameField';

/** The labels of a dataset at work: each change counts at once, and none is ever deleted. */
export function LabelList({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('datasets');
  const { labels } = dataset;
  const add = useLabelChange(dataset, async (text: string) => {
    for (const label of withLabels(labels, text).slice(labels.length)) {
      await addLabel(dataset, { name: label.name, colour: label.colour, key: label.key });
    }
  });
  return (
    <div>
      <ul className={classes.rows}>
        {labels.map((label) => (
          <LabelRow key={label.id} dataset={dataset} label={label} />
        ))}
      </ul>
      <NameField
        label={t('labels.add')}
        placeholder={t('labels.placeholder')}
        existing={labels.map(({ name }) => name)}
        onAdd={(text) => add.mutate(text)}
      />
    </div>
  );
}

function LabelRow({ dataset, label }: { dataset: Dataset; label: Label }) {
  const { t } = useTranslation('datasets');
  const change = useLabelChange(dataset, (part: Parameters<typeof changeLabel>[2]) =>
    changeLabel(dataset, label.id, part),
  );
  return (
    <li className={classes.row} data-retired={label.retired || undefined}>
      <KeySelect
        name={label.name}
        value={label.key}
        taken={dataset.labels.map(({ key }) => key)}
        onChange={(key) => change.mutate({ key })}
      />
      <input
        type="color"
        className={classes.colour}
        aria-label={t('editor.colour', { name: label.name })}
        defaultValue={label.colour}
        key={label.colour}
        // On leaving: the picker reports every shade it passes over.
        onBlur={(event) => {
          if (event.target.value !== label.colour) change.mutate({ colour: event.target.value });
        }}
      />
      <TextInput
        aria-label={t('editor.name', { name: label.name })}
        defaultValue={label.name}
        onBlur={(event) => {
          const name = event.target.value.trim();
          if (name !== '' && name !== label.name) change.mutate({ name });
        }}
      />
      <div className={classes.asks}>
        {dataset.interface === 'image_manual' && dataset.drawing.shapes.length > 1 && (
          <LabelKinds
            label={label}
            drawn={dataset.drawing.shapes}
            onChange={(shapes) => change.mutate({ shapes })}
          />
        )}
        <AttributesDialog
          name={label.name}
          attributes={label.attributes}
          onSave={(attributes) => change.mutateAsync({ attributes })}
        />
      </div>
      <Button
        size="xs"
        variant="default"
        loading={change.isPending}
        onClick={() => change.mutate({ retired: !label.retired })}
      >
        {t(label.retired ? 'labels.revive' : 'labels.retire')}
      </Button>
    </li>
  );
}

function useLabelChange<Input>(dataset: Dataset, act: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: ['dataset', dataset.slug] }),
  });
}
