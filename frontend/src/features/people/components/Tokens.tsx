import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Icon } from '@/components/Icon';
import { Section } from '@/components/Page';
import tables from '@/components/Table.module.css';
import { ago, isPast } from '@/lib/format';
import { rowsOf } from '@/lib/paging';
import { type ApiToken, tokensQuery } from '../api/tokens';
import { NewTokenForm } from './NewTokenForm';
import { RevokeToken } from './RevokeToken';
import classes from './Tokens.module.css';

/** Keys for scripts that act as this person. */
export function Tokens() {
  const { t } = useTranslation('people');
  const tokens = useInfiniteQuery(tokensQuery);
  const [adding, dialog] = useDisclosure();
  const rows = rowsOf(tokens.data);
  return (
    <Section
      title={t('tokens.title')}
      hint={t('tokens.hint')}
      action={
        <Button variant="default" leftSection={<Icon name="plus" />} onClick={dialog.open}>
          {t('tokens.add')}
        </Button>
      }
    >
      {tokens.isError && <ErrorNotice error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {rows.length > 0 && <TokenTable tokens={rows} />}
      {tokens.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void tokens.fetchNextPage()}>
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
      <Modal opened={adding} onClose={dialog.close} title={t('tokens.add')} centered>
        <NewTokenForm onDone={dialog.close} />
      </Modal>
    </Section>
  );
}

function TokenTable({ tokens }: { tokens: readonly ApiToken[] }) {
  const { t } = useTranslation('people');
  return (
    <div className={tables.scroll}>
      <table className={tables.table} data-stack>
        <thead>
          <tr>
            <th>{t('tokens.column.name')}</th>
            <th>{t('tokens.column.scope')}</th>
            <th>{t('tokens.column.used')}</th>
            <th>{t('tokens.column.expires')}</th>
            <th>
              <span className="unseen">{t('tokens.revoke')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TokenRow({ token }: { token: ApiToken }) {
  const { t, i18n } = useTranslation('people');
  const { expires_at: end, last_used_at: used } = token;
  const over = end !== null && isPast(end);
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' });
  const until = end === null ? t('tokens.never') : day.format(new Date(end));
  return (
    <tr data-faded={over}>
      <td data-wide>
        <div className={classes.name}>{token.name}</div>
        {token.prefix !== '' && <code className={classes.prefix}>{token.prefix}…</code>}
      </td>
      <td>{t(`tokens.${token.scope}`)}</td>
      <td data-label={t('tokens.column.used')}>
        {used === null ? t('tokens.never') : ago(used, i18n.language)}
      </td>
      <td data-label={t('tokens.column.expires')}>{over ? t('tokens.over') : until}</td>
      <td data-number>
        <RevokeToken token={token} />
      </td>
    </tr>
  );
}
