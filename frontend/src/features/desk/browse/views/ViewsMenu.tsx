import { Button, Menu, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { changeView, deleteView, saveView, viewsQuery } from '../../api/views';
import type { View } from '../../api/views';
import type { Browse } from '../useBrowse';
import { readSearchText, searchText } from './searchText';

const LONGEST_NAME = 100;

/** What somebody keeps: opened again, saved anew, renamed and deleted. */
export function ViewsMenu({ slug, browse }: { slug: string; browse: Browse }) {
  const { t } = useTranslation('browse');
  const client = useQueryClient();
  const views = useQuery(viewsQuery(slug)).data ?? [];
  const [opened, setOpened] = useState<string | null>(null);
  const [naming, setNaming] = useState<View | 'new' | null>(null);
  const search = searchText(browse.wanted.filter, browse.wanted.order);
  const current = views.find((view) => view.search === search);
  const last = current ?? views.find(({ id }) => id === opened);
  const change = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSettled: () => client.invalidateQueries(viewsQuery(slug)),
  });
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button size="xs" variant="default">
            {current?.name ?? t('views.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length === 0 && <Menu.Label>{t('views.none')}</Menu.Label>}
          {views.map((view) => (
            <Menu.Item
              key={view.id}
              aria-current={view.id === current?.id}
              fw={view.id === current?.id ? 600 : 400}
              onClick={() => {
                setOpened(view.id);
                browse.go({
                  ...readSearchText(view.search),
                  ...(browse.table && { view: 'table' }),
                });
              }}
            >
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {!current && <Menu.Item onClick={() => setNaming('new')}>{t('views.save')}</Menu.Item>}
          {last && !current && (
            <Menu.Item onClick={() => change.mutate(() => changeView(slug, last.id, { search }))}>
              {t('views.overwrite', { name: last.name })}
            </Menu.Item>
          )}
          {last && (
            <>
              <Menu.Item onClick={() => setNaming(last)}>
                {t('views.rename', { name: last.name })}
              </Menu.Item>
              <Menu.Item onClick={() => change.mutate(() => deleteView(slug, last.id))}>
                {t('views.delete', { name: last.name })}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {change.error && <ErrorNotice error={change.error} />}
      {naming && (
        <Naming
          name={naming === 'new' ? '' : naming.name}
          onClose={() => setNaming(null)}
          onName={(name) => {
            setNaming(null);
            change.mutate(() =>
              naming === 'new'
                ? saveView(slug, { name, search })
                : changeView(slug, naming.id, { name }),
            );
          }}
        />
      )}
    </>
  );
}

function Naming(props: { name: string; onName: (name: string) => void; onClose: () => void }) {
  const { t } = useTranslation('browse');
  const [name, setName] = useState(props.name);
  return (
    <Modal opened onClose={props.onClose} title={t('views.name')} centered size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') props.onName(name.trim());
        }}
      >
        <TextInput
          aria-label={t('views.name')}
          value={name}
          maxLength={LONGEST_NAME}
          data-autofocus
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" mt="sm" disabled={name.trim() === ''}>
          {t('views.go')}
        </Button>
      </form>
    </Modal>
  );
}
