import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Icon } from '@/components/Icon';
import { Loading } from '@/components/Loading';
import { Section } from '@/components/Page';
import { rowsOf } from '@/lib/paging';
import type { PeopleSearch } from '@/lib/peopleSearch';
import { usersQuery } from '../api/users';
import { NewUserForm } from './NewUserForm';
import { UserFilters } from './UserFilters';
import { UserTable } from './UserTable';

/** Everybody with an account, or those whom the address of the page looks for. */
export function Users() {
  const { t } = useTranslation('people');
  const search = useSearch({ from: '/member/shell/people' });
  const navigate = useNavigate();
  const users = useInfiniteQuery({ ...usersQuery(search), placeholderData: keepPreviousData });
  const [adding, dialog] = useDisclosure();
  const look = (wanted: PeopleSearch) => navigate({ to: '/people', search: wanted, replace: true });
  const rows = rowsOf(users.data);
  return (
    <Section
      title={t('users.title')}
      action={
        <Button leftSection={<Icon name="plus" />} onClick={dialog.open}>
          {t('users.add')}
        </Button>
      }
    >
      <UserFilters search={search} onSearch={(wanted) => void look(wanted)} />
      {users.isPending && <Loading height={44} count={6} />}
      {users.isError && <ErrorNotice error={users.error} onRetry={() => void users.refetch()} />}
      {users.isSuccess && rows.length === 0 && (
        <EmptyState icon="people" title={t('users.noneTitle')} text={t('users.noneText')}>
          <Button variant="default" onClick={() => void look({})}>
            {t('users.everybody')}
          </Button>
        </EmptyState>
      )}
      {rows.length > 0 && <UserTable users={rows} />}
      {users.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={users.isFetchingNextPage}
          onClick={() => void users.fetchNextPage()}
        >
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
      <Modal opened={adding} onClose={dialog.close} title={t('users.add')} centered>
        <NewUserForm onDone={dialog.close} />
      </Modal>
    </Section>
  );
}
