import { Button, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { SecretLink } from '@/components/SecretLink';
import { type Role, ROLES } from '@/lib/datasets';
import { rowsOf } from '@/lib/paging';
import { useSlug } from '@/lib/slug';
import { addMember, membersQuery } from './api/members';
import { MemberTable } from './components/MemberTable';
import classes from './MembersPage.module.css';

export function MembersPage() {
  const { t } = useTranslation('datasets');
  const slug = useSlug();
  const members = useInfiniteQuery(membersQuery(slug));
  return (
    <Page sub title={t('tab.people')} intro={t('members.intro')}>
      <AddMember slug={slug} />
      {members.isPending && <Loading height={44} />}
      {members.isError && (
        <ErrorNotice error={members.error} onRetry={() => void members.refetch()} />
      )}
      {members.isSuccess && (
        <MemberTable
          slug={slug}
          members={rowsOf(members.data)}
          pending={members.data.pages[0]?.pending ?? []}
        />
      )}
      {members.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void members.fetchNextPage()}>
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
      <dl className={classes.roles}>
        {ROLES.map((role) => (
          <div key={role}>
            <dt>{t(`role.${role}`, { ns: 'shell' })}</dt>
            <dd>{t(`members.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </Page>
  );
}

function AddMember({ slug }: { slug: string }) {
  const { t } = useTranslation('datasets');
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('annotator');
  const add = useMutation({
    mutationFn: () => addMember(slug, { email, role }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: membersQuery(slug).queryKey });
      setEmail('');
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    add.mutate();
  }

  const invited = add.data?.pending === true ? add.data : null;
  return (
    <>
      <form onSubmit={submit} className={classes.add}>
        <TextInput
          type="email"
          required
          aria-label={t('members.email')}
          placeholder={t('members.emailPlaceholder')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Select
          aria-label={t('members.role')}
          allowDeselect={false}
          data={ROLES.map((value) => ({ value, label: t(`role.${value}`, { ns: 'shell' }) }))}
          value={role}
          onChange={(value) => setRole(value as Role)}
        />
        <Button type="submit" loading={add.isPending}>
          {t('members.add')}
        </Button>
      </form>
      {add.error && <ErrorNotice error={add.error} />}
      {invited?.invite_url !== undefined && (
        <div className={classes.invited}>
          <SecretLink
            text={t('members.invited', { email: invited.email })}
            secret={invited.invite_url}
            onDone={add.reset}
          />
        </div>
      )}
    </>
  );
}
