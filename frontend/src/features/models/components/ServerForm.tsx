import { Button, Checkbox, Group, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { fieldError } from '@/lib/errorText';
import type { NewServer, Server } from '../api/servers';
import { type RunDraft, runDraftOf, RunFields, runOf } from './RunFields';

const KINDS = ['concord', 'kserve', 'tensorflow'] as const;

type Text = 'name' | 'url' | 'model' | 'labels';

interface Draft extends RunDraft, Record<Text, string> {
  kind: Server['kind'];
  token: string;
  /** Whether the token that is kept is to go. */
  open: boolean;
}

/** A server to ask: where it is, which language it speaks, and what opens its door. */
export function ServerForm(props: {
  /** The one that is to be changed; none for a new one. */
  server?: Server;
  error: unknown;
  busy: boolean;
  onSave: (body: NewServer) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('models');
  const [draft, setDraft] = useState(() => draftOf(props.server));
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const text = (name: Text) => ({
    label: t(`form.${name}`),
    value: draft[name],
    error: fieldError(props.error, name),
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [name]: event.currentTarget.value }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onSave(bodyOf(draft, props.server));
      }}
    >
      <Stack gap="sm" maw={480} mb="md">
        <TextInput required {...text('name')} />
        <Select
          label={t('form.kind')}
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: t(`form.kinds.${value}`) }))}
          value={draft.kind}
          onChange={(kind) => change({ kind: kind ?? 'concord' })}
        />
        <TextInput required {...text('url')} description={t('form.urlText')} />
        {draft.kind !== 'concord' && (
          <>
            <TextInput required {...text('model')} />
            <TextInput {...text('labels')} description={t('form.labelsText')} />
          </>
        )}
        <RunFields kind={draft.kind} draft={draft} error={props.error} onChange={change} />
        <PasswordInput
          label={t('form.token')}
          description={t(props.server?.has_token ? 'form.tokenKept' : 'form.tokenText')}
          autoComplete="off"
          disabled={draft.open}
          value={draft.token}
          error={fieldError(props.error, 'token')}
          onChange={(event) => change({ token: event.currentTarget.value })}
        />
        {props.server?.has_token && (
          <Checkbox
            label={t('form.open')}
            checked={draft.open}
            onChange={(event) => change({ open: event.currentTarget.checked })}
          />
        )}
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

function draftOf(server?: Server): Draft {
  return {
    name: server?.name ?? '',
    kind: server?.kind ?? 'concord',
    url: server?.url ?? '',
    model: server?.model ?? '',
    labels: server?.labels.join(', ') ?? '',
    ...runDraftOf(server),
    token: '',
    open: false,
  };
}

/** A token is never read back: where none is typed, the one that is kept stays. */
function bodyOf({ labels, token, open, ...draft }: Draft, server?: Server): NewServer {
  const names = labels.split(',').map((name) => name.trim());
  const door = open || token || !server ? { token: open ? '' : token } : {};
  return { ...draft, ...runOf(draft), ...door, labels: names.filter(Boolean) };
}
