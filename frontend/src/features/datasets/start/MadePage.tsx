import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { Page } from '@/components/Page';
import { errorText } from '@/lib/errorText';
import classes from './start.module.css';
import { add, type Made, type Outcome } from './useMaking';

/** The dataset is there: who has to be sent a link, and who could not be added. */
export function MadePage({ made, onGo }: { made: Made; onGo: () => void }) {
  const { t } = useTranslation('datasets');
  const [outcomes, setOutcomes] = useState(made.outcomes);
  const failed = outcomes.filter(({ member }) => member === undefined).length;
  const put = (next: Outcome) =>
    setOutcomes(outcomes.map((each) => (each.person.email === next.person.email ? next : each)));
  return (
    <Page
      title={t('made.title', { name: made.name })}
      intro={failed > 0 ? t('made.failed', { count: failed }) : t('made.intro')}
      narrow
    >
      <ul className={classes.outcomes}>
        {outcomes.map((outcome) => (
          <Row key={outcome.person.email} slug={made.slug} outcome={outcome} onChange={put} />
        ))}
      </ul>
      <Group justify="flex-end" mt="lg">
        <Button onClick={onGo}>{t('made.go')}</Button>
      </Group>
    </Page>
  );
}

function Row(props: { slug: string; outcome: Outcome; onChange: (outcome: Outcome) => void }) {
  const { t } = useTranslation('datasets');
  const { slug, outcome, onChange } = props;
  const { person, member, error } = outcome;
  const retry = useMutation({ mutationFn: () => add(slug, person), onSuccess: onChange });
  const link = member?.invite_url;
  return (
    <li>
      <div className={classes.outcome}>
        <b>{person.email}</b>
        <span>{t(`role.${person.role}`, { ns: 'shell' })}</span>
      </div>
      {member === undefined && (
        <div role="alert" className={classes.failed}>
          <Icon name="alert" />
          <span>{errorText(error)}</span>
          <Button
            size="xs"
            variant="default"
            loading={retry.isPending}
            onClick={() => retry.mutate()}
          >
            {t('action.retry', { ns: 'shell' })}
          </Button>
        </div>
      )}
      {member && link === undefined && <span className={classes.good}>{t('made.added')}</span>}
      {link !== undefined && (
        <>
          <span>{t('made.invited')}</span>
          <Group gap="xs" wrap="nowrap">
            <TextInput
              flex={1}
              readOnly
              aria-label={t('made.link', { email: person.email })}
              value={link}
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton value={link}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {t(copied ? 'action.copied' : 'action.copy', { ns: 'shell' })}
                </Button>
              )}
            </CopyButton>
          </Group>
        </>
      )}
    </li>
  );
}
