import { NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fieldError } from '@/lib/errorText';
import type { Server } from '../api/servers';

/** A number is a text as long as somebody is typing it. */
export interface RunDraft {
  threshold: number | string;
  batch: number | string;
  version: string;
}

/** What is kept with a server, or what a new one begins with. */
export function runDraftOf(server?: Server): RunDraft {
  return {
    threshold: server?.threshold ?? 0,
    batch: server?.batch ?? 8,
    version: server?.version ?? '',
  };
}

export function runOf({ threshold, batch, version }: RunDraft) {
  return { threshold: Number(threshold), batch: Number(batch), version };
}

/** How a server is asked: from which score on, how many images at once, and which version. */
export function RunFields(props: {
  kind: Server['kind'];
  draft: RunDraft;
  error: unknown;
  onChange: (change: Partial<RunDraft>) => void;
}) {
  const { t } = useTranslation('models');
  const number = (name: 'threshold' | 'batch') => ({
    label: t(`form.${name}`),
    description: t(`form.${name}Text`),
    value: props.draft[name],
    error: fieldError(props.error, name),
    onChange: (value: number | string) => props.onChange({ [name]: value }),
  });
  return (
    <>
      <NumberInput required {...number('threshold')} min={0} max={1} step={0.05} />
      <NumberInput required {...number('batch')} min={1} max={64} allowDecimal={false} />
      {props.kind !== 'concord' && (
        <TextInput
          label={t('form.version')}
          description={t('form.versionText')}
          value={props.draft.version}
          maxLength={100}
          error={fieldError(props.error, 'version')}
          onChange={(event) => props.onChange({ version: event.currentTarget.value })}
        />
      )}
    </>
  );
}
