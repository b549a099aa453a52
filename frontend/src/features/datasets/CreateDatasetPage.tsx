import { Button, Group, Input, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Page } from '@/components/Page';
import { type Interface, hasLabels } from '@/lib/datasets';
import { meQuery } from '@/lib/me';
import { createDataset, type NewDataset } from './api/createDataset';
import { InterfaceChoice } from './components/InterfaceChoice';
import { LabelsEditor } from './components/LabelsEditor';
import { OverlapField } from './components/OverlapField';
import { QuestionFields } from './components/QuestionFields';
import { ReviewPolicyField } from './components/ReviewPolicyField';

const EMPTY: NewDataset = {
  name: '',
  description: '',
  interface: 'image_manual',
  labels: [],
  options: [],
  question: '',
  choice_style: 'single',
  auto_accept: false,
  overlap: 2,
  review_policy: 'conflicts',
  shared_shift: false,
  tie_breaker: '',
  coverage: 0.1,
  second_look: 0,
  order: 'as_imported',
  spread: 'finish_first',
  skip_policy: 'me_later',
  routing: [],
  rules: {},
  gold: {},
  blocks: [],
  drawing: {},
};

export function CreateDatasetPage() {
  const { t } = useTranslation('datasets');
  const [draft, setDraft] = useState(EMPTY);
  const create = useCreate();
  const change = (part: Partial<NewDataset>) => setDraft({ ...draft, ...part });

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate(asked(draft));
  }

  return (
    <Page title={t('create.title')} intro={t('create.intro')} narrow>
      <form onSubmit={submit}>
        <Stack gap="lg">
          <TextInput
            label={t('create.name')}
            placeholder={t('create.namePlaceholder')}
            required
            withAsterisk={false}
            autoFocus
            maxLength={150}
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <InterfaceChoice
            value={draft.interface}
            onChange={(kind: Interface) => change({ interface: kind })}
          />
          {hasLabels(draft.interface) && (
            <Input.Wrapper label={t('labels.title')} labelElement="div">
              <LabelsEditor labels={draft.labels} onChange={(labels) => change({ labels })} />
            </Input.Wrapper>
          )}
          <QuestionFields
            interface={draft.interface}
            value={draft}
            error={create.error}
            onChange={change}
          />
          <OverlapField value={draft.overlap} onChange={(overlap) => change({ overlap })} />
          <ReviewPolicyField
            value={draft.review_policy}
            onChange={(review_policy) => change({ review_policy })}
          />
          <Text c="dimmed" size="sm">
            {t('create.later')}
          </Text>
          {create.error && <ErrorNotice error={create.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={create.isPending} disabled={!complete(draft)}>
              {t('create.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

/** The new dataset's first need is images, so that is where it leads. */
function useCreate() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: createDataset,
    onSuccess: async ({ slug }) => {
      await client.invalidateQueries({ queryKey: ['home'] });
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
      await navigate({ to: '/datasets/$slug/import', params: { slug } });
    },
  });
}

function complete(draft: NewDataset): boolean {
  if (draft.name.trim() === '') return false;
  if (hasLabels(draft.interface)) return draft.labels.length > 0;
  if (draft.interface === 'choice') return draft.options.length > 1;
  return draft.question.trim() !== '';
}

/** What was written for another interface, before this one was chosen, stays behind. */
function asked(draft: NewDataset): NewDataset {
  const choice = draft.interface === 'choice';
  return {
    ...draft,
    labels: hasLabels(draft.interface) ? draft.labels : [],
    options: choice ? draft.options : [],
    choice_style: choice ? draft.choice_style : 'single',
    auto_accept: choice && draft.auto_accept,
  };
}
