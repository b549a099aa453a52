import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import type { NewRun, Server } from '../api/servers';
import { runDraftOf, RunFields, runOf } from './RunFields';

/** How a server is to be asked this time; it begins with what is kept with the server. */
export function RunForm(props: {
  server: Server;
  error: unknown;
  busy: boolean;
  onStart: (body: NewRun) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('models');
  const [draft, setDraft] = useState(() => runDraftOf(props.server));
  return (
    <form
      aria-label={t('servers.ask')}
      onSubmit={(event) => {
        event.preventDefault();
        props.onStart(runOf(draft));
      }}
    >
      <Stack gap="sm" maw={480}>
        <RunFields
          kind={props.server.kind}
          draft={draft}
          error={props.error}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
        {props.error !== null && <ErrorNotice error={props.error} />}
        <Group>
          <Button type="submit" loading={props.busy}>
            {t('form.start')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('form.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
