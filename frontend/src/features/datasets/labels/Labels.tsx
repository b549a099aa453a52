import { Button, Group, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '@/lib/datasets';
import { addLabel, usageQuery } from '../api/labels';
import { NameField } from '../components/NameField';
import { withLabels } from '../names';
import { ImportDialog } from './ImportDialog';
import { LabelRows } from './LabelRows';
import { Relabelling } from './Relabelling';
import { useLabelChange } from './useLabelChange';

/** From so many labels on one is found by its name. */
const MANY = 12;

/** The labels of a dataset at work: each change counts at once, and none is ever deleted. */
export function Labels({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('datasets');
  const { labels, slug } = dataset;
  const [text, setText] = useState('');
  const usage = useQuery(usageQuery(slug));
  const add = useLabelChange(dataset, async (typed: string) => {
    for (const label of withLabels(labels, typed).slice(labels.length)) {
      await addLabel(dataset, { name: label.name, colour: label.colour, key: label.key });
    }
  });
  const sought = text.trim().toLowerCase();
  const shown = labels.filter(({ name }) => name.toLowerCase().includes(sought));
  return (
    <div>
      <Relabelling slug={slug} />
      {labels.length > MANY && (
        <TextInput
          type="search"
          mb="xs"
          aria-label={t('labels.search')}
          placeholder={t('labels.searchCount', { count: labels.length })}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <LabelRows
        dataset={dataset}
        labels={shown}
        sorted={sought === ''}
        usage={usage.data?.labels}
      />
      {shown.length === 0 && labels.length > 0 && <p role="status">{t('labels.noneFound')}</p>}
      <NameField
        label={t('labels.add')}
        placeholder={t('labels.placeholder')}
        existing={labels.map(({ name }) => name)}
        onAdd={(typed) => add.mutate(typed)}
      />
      <Group mt="xs">
        <ImportDialog slug={slug} />
        {add.isPending && (
          <Button size="xs" variant="default" loading aria-label={t('labels.add')} />
        )}
      </Group>
    </div>
  );
}
