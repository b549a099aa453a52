import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '@/lib/datasets';
import { fieldError } from '@/lib/errorText';
import type { DatasetChange } from '../api/changeDataset';
import { BlocksEditor } from './BlocksEditor';
import { DrawingFields } from './DrawingFields';
import { ConfirmEffects, Effects } from './Effects';
import { GoldFields } from './GoldFields';
import { HandingOutFields } from './HandingOutFields';
import { OverlapField } from './OverlapField';
import { QuestionFields } from './QuestionFields';
import { RulesFields } from './RulesFields';
import { Promises } from './Promises';
import { Remerging } from './Remerging';
import { ReviewerFields } from './ReviewerFields';
import { ReviewPolicyField } from './ReviewPolicyField';
import { RoutingEditor } from './RoutingEditor';
import { SaveError, useSaving } from './Saving';

export function SettingsForm({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('datasets');
  const [changes, setChanges] = useState<DatasetChange>({});
  const wanted = { ...dataset, ...changes };
  const gold = wanted.gold ?? {};
  const change = (part: DatasetChange) => setChanges({ ...changes, ...part });
  const save = useSaving(dataset);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [save.error]);

  function submit(event: FormEvent) {
    event.preventDefault();
    save.submit(changes);
  }

  return (
    <form ref={form} onSubmit={submit}>
      <Stack gap="lg">
        <TextInput
          label={t('create.name')}
          required
          withAsterisk={false}
          maxLength={150}
          error={fieldError(save.error, 'name')}
          value={wanted.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Textarea
          label={t('settings.description')}
          autosize
          minRows={2}
          error={fieldError(save.error, 'description')}
          value={wanted.description}
          onChange={(event) => change({ description: event.currentTarget.value })}
        />
        <QuestionFields
          interface={dataset.interface}
          value={wanted}
          error={save.error}
          onChange={change}
        />
        {dataset.interface === 'image_manual' && (
          <DrawingFields
            drawing={{ ...dataset.drawing, ...changes.drawing }}
            labels={dataset.labels}
            error={save.error}
            onChange={(drawing) => change({ drawing })}
          />
        )}
        {dataset.interface !== 'image_choice' && (
          <BlocksEditor
            blocks={wanted.blocks}
            error={save.error}
            onChange={(blocks) => change({ blocks })}
          />
        )}
        <RulesFields dataset={wanted} error={save.error} onChange={(rules) => change({ rules })} />
        <OverlapField
          hint={t('overlap.changed')}
          value={wanted.overlap}
          error={save.error}
          onChange={(overlap) => change({ overlap })}
        />
        <RoutingEditor
          routes={wanted.routing}
          error={save.error}
          onChange={(routing) => change({ routing })}
        />
        <Stack gap="sm">
          <ReviewPolicyField
            value={wanted.review_policy}
            error={save.error}
            onChange={(review_policy) => change({ review_policy })}
          />
          {typeof wanted.review_policy === 'object' && 'audit' in wanted.review_policy && (
            <Promises slug={dataset.slug} />
          )}
          <ReviewerFields value={wanted} error={save.error} onChange={change} />
          <Remerging
            key={JSON.stringify(wanted.review_policy)}
            slug={dataset.slug}
            policy={wanted.review_policy}
            saved={changes.review_policy === undefined}
          />
        </Stack>
        <HandingOutFields value={wanted} error={save.error} onChange={change} />
        <GoldFields value={gold} error={save.error} onChange={(next) => change({ gold: next })} />
        <Effects slug={dataset.slug} changes={changes} />
        <ConfirmEffects
          effects={save.asks}
          onSave={() => save.sure(changes)}
          onClose={save.leave}
        />
        {save.error && <SaveError error={save.error} dataset={dataset} />}
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={save.isPending}
            disabled={Object.keys(changes).length === 0}
          >
            {t('settings.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
