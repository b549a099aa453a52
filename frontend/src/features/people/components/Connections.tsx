import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Icon } from '@/components/Icon';
import { Section } from '@/components/Page';
import tables from '@/components/Table.module.css';
import { errorText } from '@/lib/errorText';
import { type Connection, connectionsQuery, testConnection } from '../api/connections';
import { NewConnectionForm } from './NewConnectionForm';

/** The S3 storages that imports may read, with keys that nobody sees again. */
export function Connections() {
  const { t } = useTranslation('people');
  const connections = useQuery(connectionsQuery);
  const [adding, dialog] = useDisclosure();
  return (
    <Section
      title={t('connections.title')}
      hint={t('connections.hint')}
      action={
        <Button variant="default" leftSection={<Icon name="plus" />} onClick={dialog.open}>
          {t('connections.add')}
        </Button>
      }
    >
      {connections.isError && <ErrorNotice error={connections.error} />}
      {connections.data !== undefined && connections.data.length > 0 && (
        <div className={tables.scroll}>
          <table className={tables.table} data-stack>
            <thead>
              <tr>
                <th>{t('connections.name')}</th>
                <th>{t('connections.endpoint')}</th>
                <th>{t('connections.buckets')}</th>
                <th>
                  <span className="unseen">{t('connections.test')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {connections.data.map((connection) => (
                <ConnectionRow key={connection.id} connection={connection} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Modal opened={adding} onClose={dialog.close} title={t('connections.add')} centered>
        <NewConnectionForm onDone={dialog.close} />
      </Modal>
    </Section>
  );
}

function ConnectionRow({ connection }: { connection: Connection }) {
  const { t } = useTranslation('people');
  const test = useMutation({ mutationFn: () => testConnection(connection.id) });
  const result = test.data;
  return (
    <tr>
      <td data-wide>{connection.name}</td>
      <td data-wide>{connection.endpoint}</td>
      <td>{connection.buckets.join(', ')}</td>
      <td data-number>
        <span role="status">
          {result && (result.ok ? t('connections.ok') : t('connections.bad', result))}
          {test.error && errorText(test.error)}{' '}
        </span>
        <Button variant="default" size="xs" loading={test.isPending} onClick={() => test.mutate()}>
          {t('connections.test')}
        </Button>
      </td>
    </tr>
  );
}
