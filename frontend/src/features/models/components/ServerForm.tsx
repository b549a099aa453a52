import { Button, Group, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { fieldError } from '@/lib/errorText';
import type { NewServer } from '../api/servers';

const KINDS = ['concord', 'kserve', 'tensorflow'] as const;
const NEW = { name: '', kind: 'concord', url: '', model: '', labels: '', token: '' } as const;

type Draft = Record<Exclude<keyof typeof NEW, 'kind'>, string> & { kind: (typeof KINDS)[number] };

/** A server to ask: where it is, which language it speaks, and what opens its door. */
export function ServerForm(props: {
  error: unknown;
  busy: boolean;
  onSave: (body: NewServer) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('models');
  const [draft, setDraft] = useState<Draft>(NEW);
  const text = (name: Exclude<keyof Draft, 'kind' | 'token'>) => ({
    label: t(`form.${name}`),
    value: draft[name],
    error: fieldError(props.error, name),
    onChange: (event: { currentTarget: { value: string } }) =>
      setDraft({ ...draft, [name]: event.currentTarget.value }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onSave(bodyOf(draft));
      }}
    >
      <Stack gap="sm" maw={480} mb="md">
        <TextInput required {...text('name')} />
        <Select
          label={t('form.kind')}
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: t(`form.kinds.${value}`) }))}
          value={draft.kind}
          onChange={(kind) => setDraft({ ...draft, kind: kind ?? 'concord' })}
        />
        <TextInput required {...text('url')} description={t('form.urlText')} />
        {draft.kind !== 'concord' && (
          <>
            <TextInput required {...text('model')} />
            <TextInput {...text('labels')} description={t('form.labelsText')} />
          </>
        )}
        <PasswordInput
          label={t('form.token')}
          description={t('form.tokenText')}
          autoComplete="off"
          value={draft.token}
          error={fieldError(props.error, 'token')}
          onChange={(event) => setDraft({ ...draft, token: event.currentTarget.value })}
        />
        {props.error !== null && <ErrorNotice error={props.error} />}
        <Group>
          <Button type="submit" loading={props.busy}>
            {t('form.save')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('form.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function bodyOf({ labels, ...draft }: Draft): NewServer {
  const names = labels.split(',').map((name) => name.trim());
  return { ...draft, labels: names.filter(Boolean) };
}
